// The programs of the rows for kotlinx.coroutines; the Java classes say what they measure.

@file:JvmName("KotlinxRows")

package dev.weft.benchmarks.channel

import java.util.concurrent.TimeUnit
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ReceiveChannel
import kotlinx.coroutines.channels.SendChannel
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.selects.onTimeout
import kotlinx.coroutines.selects.select

private val HOUR = TimeUnit.HOURS.toMillis(1)

/** Runs a program on the dispatcher with a thread a processor, and waits for all that it starts. */
private fun <T> run(program: suspend CoroutineScope.() -> T): T =
    runBlocking(Dispatchers.Default, program)

private suspend fun sendAll(channel: SendChannel<Any>, element: Any, elements: Int) {
  for (i in 0 until elements) {
    channel.send(element)
  }
}

private suspend fun receiveAll(channel: ReceiveChannel<Any>, element: Any, elements: Int): Long {
  var received = 0L
  for (i in 0 until elements) {
    if (channel.receive() === element) {
      received++
    }
  }
  return received
}

fun uncontended(element: Any, operations: Int): Long = run {
  val channel = Channel<Any>(1)
  var received = 0L
  for (i in 0 until operations) {
    channel.send(element)
    if (channel.receive() === element) {
      received++
    }
  }
  received
}

fun spsc(element: Any, capacity: Int, operations: Int): Long = run {
  val channel = Channel<Any>(capacity)
  launch { sendAll(channel, element, operations) }
  receiveAll(channel, element, operations)
}

fun mpmc(element: Any, capacity: Int, each: Int, operations: Int): Long = run {
  val channel = Channel<Any>(capacity)
  val received =
      (0 until each).map {
        launch { sendAll(channel, element, operations / each) }
        async { receiveAll(channel, element, operations / each) }
      }
  received.awaitAll().sum()
}

fun pingPong(element: Any, operations: Int): Long = run {
  val ping = Channel<Any>()
  val pong = Channel<Any>()
  launch {
    for (i in 0 until operations) {
      pong.send(ping.receive())
    }
  }
  var returned = 0L
  for (i in 0 until operations) {
    ping.send(element)
    if (pong.receive() === element) {
      returned++
    }
  }
  returned
}

fun spawnReceive(element: Any, operations: Int): Long = run {
  val results = Channel<Any>()
  var received = 0L
  for (i in 0 until operations) {
    launch { results.send(element) }
    if (results.receive() === element) {
      received++
    }
  }
  received
}

fun chain(element: Any, length: Int, operations: Int): Long = run {
  var done = 0L
  for (i in 0 until operations / length) {
    val leftmost = Channel<Any>()
    var rightmost = leftmost
    for (k in 0 until length) {
      val left = rightmost
      val right = Channel<Any>()
      launch { left.send(right.receive()) }
      rightmost = right
    }
    rightmost.send(element)
    done += if (leftmost.receive() === element) length else 0
  }
  done
}

fun selectReady(element: Any, cases: Int, operations: Int): Long = run {
  val channels = Array(cases) { Channel<Any>(1) }
  var received = 0L
  for (i in 0 until operations) {
    channels[i and (cases - 1)].send(element)
    val selected = select<Any> { for (channel in channels) channel.onReceive { it } }
    if (selected === element) {
      received++
    }
  }
  received
}

/** Its select has no default case; a timeout of zero is what its documentation offers for one. */
@OptIn(ExperimentalCoroutinesApi::class)
fun selectDefault(operations: Int): Long = run {
  val a = Channel<Any>()
  val b = Channel<Any>()
  var nothing = 0L
  for (i in 0 until operations) {
    val selected =
        select<Any?> {
          a.onReceive { it }
          b.onReceive { it }
          onTimeout(0) { null }
        }
    if (selected == null) {
      nothing++
    }
  }
  nothing
}

fun selectBlocking(element: Any, operations: Int): Long =
    selects(element, operations) { a, b ->
      select {
        a.onReceive { it }
        b.onReceive { it }
      }
    }

@OptIn(ExperimentalCoroutinesApi::class)
fun selectTimeout(element: Any, operations: Int): Long =
    selects(element, operations) { a, b ->
      select {
        a.onReceive { it }
        b.onReceive { it }
        onTimeout(HOUR) { error("an hour passed") }
      }
    }

private inline fun selects(
    element: Any,
    operations: Int,
    crossinline await: suspend (Channel<Any>, Channel<Any>) -> Any,
): Long = run {
  val there = Array(2) { Channel<Any>() }
  val back = Array(2) { Channel<Any>() }
  launch {
    for (i in 0 until operations) {
      back[i and 1].send(await(there[0], there[1]))
    }
  }
  var returned = 0L
  for (i in 0 until operations) {
    there[i and 1].send(element)
    if (await(back[0], back[1]) === element) {
      returned++
    }
  }
  returned
}

fun primeSieve(numbers: Array<Any>, primes: Int): Boolean = run {
  val first = Channel<Any>()
  launch {
    for (i in 2 until numbers.size) {
      first.send(numbers[i])
    }
    first.send(numbers[0])
  }
  var channel = first
  for (i in 1 until primes) {
    val input = channel
    val output = Channel<Any>()
    val prime = input.receive() as Int
    launch { filter(prime, input, output) }
    channel = output
  }
  val last = channel.receive()
  val end = channel.receive()
  last === numbers[numbers.size - 1] && end === numbers[0]
}

private suspend fun filter(prime: Int, input: ReceiveChannel<Any>, output: SendChannel<Any>) {
  do {
    val number = input.receive()
    val value = number as Int
    if (value % prime != 0 || value == 0) {
      output.send(number)
    }
  } while (value != 0)
}
