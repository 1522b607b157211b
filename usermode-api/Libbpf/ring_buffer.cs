using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode;

/// <summary>
/// A manager of ring buffers as C code holds it: <c>struct ring_buffer</c>. It owns an event and the mapped rings until
/// <see cref="Libbpf.ring_buffer__free"/>; its contents are private to the library.
/// </summary>
public sealed class ring_buffer
{
    internal ring_buffer(RingManager manager)
    {
        Manager = manager;
    }

    internal RingManager Manager { get; }
}
