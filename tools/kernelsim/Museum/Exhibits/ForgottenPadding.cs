using KernelSim.Protocol;
using KernelSim.Tool.Museum.Acting;

namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>rebpf#16: a binding counts the CPUs and forgets that each slot is padded.</summary>
internal sealed class ForgottenPadding : IExhibit
{
    private const uint ValueSize = 12;
    private const string Rebpf = "rebpf/rebpf";

    /// <inheritdoc/>
    public ExhibitLabel Label { get; } = new()
    {
        Id = "rebpf-16",
        Title = "an array of values without their padding",
        Side = ExhibitSide.Application,
        Project = Rebpf,
        Year = 2020,
        Link = ExhibitLabel.Pull(16, Rebpf),
        Fixes = [ExhibitLabel.Pull(16, Rebpf)],
        Saw = "memory corruption after look-ups in a per-CPU array, for some types of values only",
    };

    /// <inheritdoc/>
    public ExhibitWords Words { get; } = new()
    {
        Meant = "A binding for Rust gives the look-up an array with one value of the user's type for each CPU.",
        Application = "the values stand behind each other, as in any array",
        Library = "each slot begins at a multiple of eight bytes",
        Kernel = "each slot begins at a multiple of eight bytes",
        Wrong = "A value whose size is no multiple of eight is padded, and the array is not. The last slots lie behind its end. With eight-byte "
            + "counters, which most examples have, nothing is wrong.",
        Fix = "The binding copies through a buffer with padded slots. The rounding was found by debugging; it was documented nowhere. A bug of a "
            + "neighbour: the layout is the same on Linux and on Windows.",
    };

    /// <inheritdoc/>
    public Cast Before { get; } = new("values without padding") { CallerErrs = true };

    /// <inheritdoc/>
    public Cast After { get; } = new("values in padded slots");

    /// <inheritdoc/>
    public void Play(ExhibitStage stage)
    {
        int map = stage.CreateMap(BpfMapType.PercpuArray, sizeof(uint), ValueSize, maxEntries: 1);
        stage.OnEachCpu((context, percpu, cpu) =>
        {
            byte[] counters = new byte[ValueSize];
            counters[0] = (byte)(1 + (cpu % byte.MaxValue));
            context.MapUpdateElem(percpu, new byte[sizeof(uint)], counters);
        });
        long stride = stage.CallerErrs ? ValueSize : (long)PerCpuLayout.Pad8(ValueSize);
        ulong key = stage.Place(0U);
        ulong value = stage.Room(stride * stage.Cpus);
        int result = stage.Call(
            "bpf_map_lookup_elem",
            $"map, key 0, value of {stride * stage.Cpus} bytes",
            library => library.bpf_map_lookup_elem(map, key, value));
        stage.Compare("return value", "0", ExhibitStage.Spell(result));
        int right = Enumerable.Range(0, stage.Cpus).Count(cpu => stage.Read<byte>(value + (ulong)(cpu * stride)) == 1 + (cpu % byte.MaxValue));
        stage.Compare("CPUs whose value is where the program looks", stage.Cpus, right);
    }
}
