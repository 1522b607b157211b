using KernelSim.Protocol;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis;

/// <summary>
/// The three witnesses of a batch call. The protocol carries no value size, so no message can show which party is wrong; what each party
/// allocated, computed and stored can.
/// </summary>
/// <param name="Application">Derived from the caller's values buffer.</param>
/// <param name="Library">The layout that the library reported.</param>
/// <param name="Kernel">The layout of the map's definition.</param>
public sealed record Witnesses(Witness Application, Witness Library, Witness Kernel)
{
    /// <summary>The first two neighbours that contradict each other; null if all agree.</summary>
    public (Witness Left, Witness Right)? FirstDisagreement =>
        Application.Contradicts(Library) ? (Application, Library)
        : Library.Contradicts(Kernel) ? (Library, Kernel)
        : Application.Contradicts(Kernel) ? (Application, Kernel)
        : null;

    /// <summary>All three, in the order of the call path.</summary>
    public IReadOnlyList<Witness> All => [Application, Library, Kernel];

    internal static Witnesses Question(RequestView request, TraceLog log)
    {
        BatchLayoutEvent? library = request.Events.OfType<BatchLayoutEvent>().FirstOrDefault();

        Witness kernel = request.Events.OfType<MapLayoutEvent>().FirstOrDefault() is { } said ? AskKernel(said) : AskKernelBefore(request, log);
        return new Witnesses(AskApplication(request, library, kernel), AskLibrary(library), kernel);
    }

    private static Witness AskLibrary(BatchLayoutEvent? said) => said is null
        ? new Witness(Party.Library, null, null, null, 0, "said nothing")
        : new Witness(Party.Library, said.Stride, said.Cpus, said.Total, said.RequestId, $"sized a value as {said.Stride} × {Cpus(said.Cpus)}");

    private static Witness AskKernel(MapLayoutEvent said) => new(
        Party.Kernel,
        said.Stride,
        said.Cpus,
        said.Total,
        said.RequestId,
        $"map {said.MapId}: value_size {said.ValueSize}, {said.Cpus} {(said.Cpus == 1 ? "slot" : "slots")}");

    /// <summary>
    /// A call that never crossed has no testimony of the kernel. Its last testimony about the map behind the call's descriptor still
    /// holds, or the layout when it created that map. Only events before the call count: events with a
    /// request's id can come long after it returned.
    /// </summary>
    private static Witness AskKernelBefore(RequestView request, TraceLog log)
    {
        int start = request.Events[0].Position;
        TracedEvent? said = request.Start is { } call ? log.Maps.LastBefore(call.Descriptor, request.ProcessId, start) : null;
        int cpus = log.LastBefore<MachineStartEvent>(start)?.Cpus ?? 0;
        return said switch
        {
            MapLayoutEvent layout => AskKernel(layout),
            MapCreateEvent made when cpus > 0
                && PerCpuLayout.TryCreate(made.MapType, (uint)made.ValueSize, cpus, out PerCpuLayout layout) => new Witness(
                    Party.Kernel, layout.Stride, layout.SlotCount, layout.Total, made.RequestId, $"created map {made.MapId}: {layout.Formula}"),
            _ => new Witness(Party.Kernel, null, null, null, 0, "said nothing"),
        };
    }

    private static string Cpus(int cpus) => cpus == 1 ? "1 CPU" : $"{cpus} CPUs";

    private static Witness AskApplication(RequestView request, BatchLayoutEvent? library, Witness kernel)
    {
        ApplicationBufferEvent? values = request.Buffers.FirstOrDefault(b => b.What == "values");
        long count = request.Start?.Count ?? 0;
        if (values is null || count <= 0)
        {
            return new Witness(Party.Application, null, null, null, 0, "said nothing");
        }

        string basis = $"values buffer {values.Bytes} bytes / {count} elements";
        long total = values.Bytes / count;
        (long? stride, long? cpus) = Explain(total, library?.ValueSize ?? 0, kernel.Cpus ?? library?.Cpus ?? 0);
        return new Witness(Party.Application, stride, cpus, total, values.RequestId, basis);
    }

    /// <summary>The most natural explanation of a number of bytes per element: all CPUs, then one; padded, then not.</summary>
    private static (long? Stride, long? Cpus) Explain(long total, long valueSize, long cpus)
    {
        long padded = (long)PerCpuLayout.Pad8((uint)valueSize);
        return valueSize == 0 ? (null, null)
            : total == padded * cpus ? (padded, cpus)
            : total == valueSize * cpus ? (valueSize, cpus)
            : total == valueSize ? (valueSize, 1)
            : total == padded ? (padded, 1)
            : (null, null);
    }
}
