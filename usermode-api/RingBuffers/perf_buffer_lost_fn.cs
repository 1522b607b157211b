namespace KernelSim.UserMode;

/// <summary>Called when a CPU's ring has lost records for want of room: <c>perf_buffer_lost_fn</c>.</summary>
/// <param name="ctx">What the program gave with the callback.</param>
/// <param name="cpu">The CPU.</param>
/// <param name="cnt">How many, since the last time.</param>
public delegate void perf_buffer_lost_fn(object? ctx, int cpu, ulong cnt);
