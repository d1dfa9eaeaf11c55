// The programs of the rows about locks for kotlinx.coroutines; the Java classes say what they measure.

@file:JvmName("KotlinxLockRows")

package dev.weft.benchmarks.sync

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** Runs a program on the dispatcher with a thread a processor, and waits for all that it starts. */
private fun <T> run(program: suspend CoroutineScope.() -> T): T =
    runBlocking(Dispatchers.Default, program)

private class Counter {
  var value = 0L // under the mutex
}

private suspend fun count(mutex: Mutex, counter: Counter, times: Int) {
  for (i in 0 until times) {
    mutex.withLock { counter.value++ }
  }
}

fun uncontended(operations: Int): Long = run {
  val counter = Counter()
  count(Mutex(), counter, operations)
  counter.value
}

fun contended(contenders: Int, operations: Int): Long =
    together(contenders, operations) { mutex, counter, share -> count(mutex, counter, share) }

fun withWork(contenders: Int, steps: Int, operations: Int): Long =
    together(contenders, operations) { mutex, counter, share ->
      var random = share.toLong()
      for (i in 0 until share) {
        random = work(random, steps)
        mutex.withLock { counter.value++ }
      }
      check(random != 0L)
    }

private fun together(
    contenders: Int,
    operations: Int,
    each: suspend (Mutex, Counter, Int) -> Unit,
): Long {
  val counter = Counter()
  val mutex = Mutex()
  run {
    for (i in 0 until contenders) {
      val share = operations / contenders + (if (i < operations % contenders) 1 else 0)
      launch { each(mutex, counter, share) }
    }
  }
  return counter.value
}

private fun work(random: Long, steps: Int): Long {
  var x = random
  for (i in 0 until steps) {
    x = x xor (x shl 13)
    x = x xor (x ushr 7)
    x = x xor (x shl 17)
  }
  return x
}
