/// Channels and select, as in Go.
///
/// A [dev.weft.channel.Channel] passes elements between goroutines and threads of any kind;
/// [dev.weft.channel.SendChannel] and [dev.weft.channel.ReceiveChannel] are its two sides.
/// [dev.weft.channel.Select] waits for several of them; its methods are also in the facade
/// `dev.weft.Go`.
///
/// A reader of the implementation starts at `ChannelCore` (the state, and what is done under the
/// lock), goes on to `ChannelLock`, `BlockingOperations` (how one thread waits for one channel),
/// `Closing`, and then `Selection` (how one thread waits for several). `docs/channels.md` explains
/// the whole.
@NullMarked
package dev.weft.channel;

import org.jspecify.annotations.NullMarked;
