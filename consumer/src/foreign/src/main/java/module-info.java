/// A program that depends on Weft.
module com.example.primes {
  requires dev.weft;
}
