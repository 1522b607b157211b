namespace KernelSim.UserMode;

/// <summary>Called for each record of a perf event array: <c>perf_buffer_sample_fn</c>.</summary>
/// <param name="ctx">What the program gave with the callback.</param>
/// <param name="cpu">The CPU that wrote it.</param>
/// <param name="data">Address of the payload in the process's memory, read-only, valid until the callback returns.</param>
/// <param name="size">Size of the payload in bytes.</param>
public delegate void perf_buffer_sample_fn(object? ctx, int cpu, ulong data, uint size);
