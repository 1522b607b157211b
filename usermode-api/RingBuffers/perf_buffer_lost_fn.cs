namespace KernelSim.UserMode;

/// <summary>Called when a CPU's ring has lost records because it was full: <c>perf_buffer_lost_fn</c>.</summary>
/// <param name="ctx">The context that the program passed with the callback.</param>
/// <param name="cpu">Number of the CPU.</param>
/// <param name="cnt">Number of lost records since the last call.</param>
public delegate void perf_buffer_lost_fn(object? ctx, int cpu, ulong cnt);
