namespace KernelSim.UserMode;

/// <summary>Called for each record of a ring buffer: <c>ring_buffer_sample_fn</c>.</summary>
/// <param name="ctx">The context that the program passed with the callback.</param>
/// <param name="data">Address of the payload in the process's memory. It may be read until the callback returns, and not written.</param>
/// <param name="size">Size of the payload in bytes.</param>
/// <returns>0 or more to continue; a negative number to stop, which the calling function returns. The record counts as read in either case.</returns>
public delegate int ring_buffer_sample_fn(object? ctx, ulong data, ulong size);

/// <summary>Called for each record of a perf event array: <c>perf_buffer_sample_fn</c>.</summary>
/// <param name="ctx">The context that the program passed with the callback.</param>
/// <param name="cpu">Number of the CPU that wrote the record.</param>
/// <param name="data">Address of the payload in the process's memory, read-only, valid until the callback returns.</param>
/// <param name="size">Size of the payload in bytes.</param>
public delegate void perf_buffer_sample_fn(object? ctx, int cpu, ulong data, uint size);

/// <summary>Called when a CPU's ring has lost records because it was full: <c>perf_buffer_lost_fn</c>.</summary>
/// <param name="ctx">The context that the program passed with the callback.</param>
/// <param name="cpu">Number of the CPU.</param>
/// <param name="cnt">Number of lost records since the last call.</param>
public delegate void perf_buffer_lost_fn(object? ctx, int cpu, ulong cnt);
