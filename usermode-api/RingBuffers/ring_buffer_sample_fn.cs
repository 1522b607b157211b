namespace KernelSim.UserMode;

/// <summary>Called for each record of a ring buffer: <c>ring_buffer_sample_fn</c>.</summary>
/// <param name="ctx">What the program gave with the callback.</param>
/// <param name="data">Address of the payload in the process's memory. It may be read until the callback returns, and not written.</param>
/// <param name="size">Bytes of payload.</param>
/// <returns>0 or more to go on; less to stop, and to have the call return that. The record counts as read either way.</returns>
public delegate int ring_buffer_sample_fn(object? ctx, ulong data, ulong size);
