namespace KernelSim.UserMode;

/// <summary>Called for each record of a ring buffer: <c>ring_buffer_sample_fn</c>.</summary>
/// <param name="ctx">What the program gave with the callback.</param>
/// <param name="data">Address of the payload in the process's memory. It may be read until the callback returns, and not written.</param>
/// <param name="size">Size of the payload in bytes.</param>
/// <returns>0 or more to continue; a negative number to stop, which the calling function returns. The record counts as read in either case.</returns>
public delegate int ring_buffer_sample_fn(object? ctx, ulong data, ulong size);
