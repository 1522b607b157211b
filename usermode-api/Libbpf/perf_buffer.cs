using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode;

/// <summary>
/// A manager of a perf event array's rings, one for each CPU, as C code holds it: <c>struct perf_buffer</c>. It owns an event and the
/// mapped rings until <see cref="Libbpf.perf_buffer__free"/>; its contents are private to the library.
/// </summary>
public sealed class perf_buffer
{
    internal perf_buffer(RingManager manager)
    {
        Manager = manager;
    }

    internal RingManager Manager { get; }
}
