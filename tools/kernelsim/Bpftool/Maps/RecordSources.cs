using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary>The rings of a map, whose records are printed as they come.</summary>
internal interface IRecordSource : IDisposable
{
    /// <summary>Prints unread records, and if there are none waits for some.</summary>
    /// <returns>The number of records; 0 after the wait; an errno, negated.</returns>
    int Poll(int milliseconds);
}

/// <summary>Opens the rings of maps.</summary>
internal static class RecordSources
{
    /// <summary>Opens them.</summary>
    /// <returns>Null with the library's errno set.</returns>
    public static IRecordSource? Open(BpftoolKernel kernel, MapAccess map, RecordPrinter printer)
    {
        Libbpf library = kernel.Library;
        if (map.Info.Type == BpfMapType.Ringbuf)
        {
            return library.ring_buffer__new(map.Fd, (_, data, size) => Print(0, data, (uint)size)) is { } ring ? new RingSource(library, ring) : null;
        }

        return library.perf_buffer__new(
            map.Fd, 0, (_, cpu, data, size) => Print(cpu, data, size), (_, cpu, count) => printer.Lost(cpu, count)) is { } perf
            ? new PerfSource(library, perf)
            : null;

        int Print(int cpu, ulong data, uint size)
        {
            byte[] bytes = new byte[size];
            kernel.Memory.Read(data, bytes);
            printer.Record(cpu, bytes);
            return 0;
        }
    }

    private sealed class RingSource(Libbpf library, ring_buffer ring) : IRecordSource
    {
        public int Poll(int milliseconds) => library.ring_buffer__poll(ring, milliseconds);

        public void Dispose() => library.ring_buffer__free(ring);
    }

    private sealed class PerfSource(Libbpf library, perf_buffer perf) : IRecordSource
    {
        public int Poll(int milliseconds) => library.perf_buffer__poll(perf, milliseconds);

        public void Dispose() => library.perf_buffer__free(perf);
    }
}
