using KernelSim.Protocol;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis;

/// <summary>
/// The three witnesses of a batch call. The protocol carries no value size, so that no message can show who is wrong; what each party
/// allocated, computed and stored can.
/// </summary>
/// <param name="Application">What the caller's values buffer implies.</param>
/// <param name="Library">What the library said it would marshal.</param>
/// <param name="Kernel">What the map's definition made of it.</param>
public sealed record Witnesses(Witness Application, Witness Library, Witness Kernel)
{
    /// <summary>The first two neighbours who contradict each other; null when all agree.</summary>
    public (Witness Left, Witness Right)? FirstDisagreement =>
        Application.Contradicts(Library) ? (Application, Library)
        : Library.Contradicts(Kernel) ? (Library, Kernel)
        : Application.Contradicts(Kernel) ? (Application, Kernel)
        : null;

    /// <summary>All three, in the order in which a call meets them.</summary>
    public IReadOnlyList<Witness> All => [Application, Library, Kernel];

    internal static Witnesses Question(RequestView request, TraceLog log)
    {
        int end = request.Events[^1].Position + 1;
        BatchLayoutEvent? library = request.Events.OfType<BatchLayoutEvent>().FirstOrDefault();

        Witness kernel = request.Events.OfType<MapLayoutEvent>().FirstOrDefault() is { } said ? AskKernel(said) : AskKernelBefore(log, end);
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
    /// A call that never crossed has no testimony of the kernel's own. What it said last about a map still stands, or what it made of the
    /// machine's CPUs when it created one after that.
    /// </summary>
    private static Witness AskKernelBefore(TraceLog log, int end)
    {
        MapLayoutEvent? said = log.LastBefore<MapLayoutEvent>(end);
        MapCreateEvent? made = log.LastBefore<MapCreateEvent>(end);
        int cpus = log.LastBefore<MachineStartEvent>(end)?.Cpus ?? 0;
        return made is not null && cpus > 0 && made.Position > (said?.Position ?? -1)
            && PerCpuLayout.TryCreate(made.MapType, (uint)made.ValueSize, cpus, out PerCpuLayout layout)
            ? new Witness(
                Party.Kernel, layout.Stride, layout.SlotCount, layout.Total, made.RequestId, $"created map {made.MapId}: {layout.Formula}")
            : said is not null ? AskKernel(said)
            : new Witness(Party.Kernel, null, null, null, 0, "said nothing");
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

    /// <summary>The most natural way to arrive at so many bytes an element: all CPUs, then one; padded, then not.</summary>
    private static (long? Stride, long? Cpus) Explain(long total, long valueSize, long cpus)
    {
        long padded = (valueSize + 7) & ~7L;
        return valueSize == 0 ? (null, null)
            : total == padded * cpus ? (padded, cpus)
            : total == valueSize * cpus ? (valueSize, cpus)
            : total == valueSize ? (valueSize, 1)
            : total == padded ? (padded, 1)
            : (null, null);
    }
}
