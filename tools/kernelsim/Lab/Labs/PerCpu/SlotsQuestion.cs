using KernelSim.LabScripts;
using KernelSim.Tool.Lab.Grading.Scripts;

namespace KernelSim.Tool.Lab.Labs.PerCpu;

/// <summary>Programs on several CPUs that write the same numbers into a shared and into a per-CPU map; to be predicted.</summary>
internal sealed class SlotsQuestion
{
    /// <summary>Name of the script in the lab's folder.</summary>
    public const string ScriptFile = "slots.jsonl";

    private const string Key = "02000000";

    /// <summary>Numbers of different writes differ.</summary>
    private const int MostNumber = 10_000;

    /// <summary>Draws the script of a seed.</summary>
    public SlotsQuestion(ulong seed)
    {
        LabSeed draw = new(seed, "per-cpu/slots");
        int cpus = draw.Number(5, 12);
        ValueSize = draw.OneOf([4, 12, 20]);
        IReadOnlyList<int> writers = draw.Some([.. Enumerable.Range(0, cpus)], draw.Number(3, 4));
        Idle = Enumerable.Range(0, cpus).First(c => !writers.Contains(c));
        Again = writers[0];
        Offset = draw.OneOf([.. writers.Where(w => w > 0)]);
        Lines =
        [
            $"# Predict, then run: kernelsim script {ScriptFile} --cpus {cpus}",
            $"# slot_offset is about CPU {Offset}, idle_sees about CPU {Idle}.",
            Create("shared", "array"),
            Create("slots", "percpu_array"),
            .. writers.Append(Again).SelectMany((cpu, i) => Write(cpu, draw.Number(1, MostNumber - 1) + (i * MostNumber))),
            Read("shared"),
            Read("slots"),
            See(Again, "shared"),
            See(Again, "slots"),
            See(Idle, "slots"),
        ];
        Input = new ScriptInput(Lines) { Cpus = cpus };
    }

    /// <summary>Bytes of a value, of one CPU's in the per-CPU map.</summary>
    public int ValueSize { get; }

    /// <summary>A processor that writes nothing.</summary>
    public int Idle { get; }

    /// <summary>The processor that writes twice, the second time as the last of all.</summary>
    public int Again { get; }

    /// <summary>The processor whose slot is asked for.</summary>
    public int Offset { get; }

    /// <summary>The script: a comment, and then a call on every line. The last five read.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The machine and the script.</summary>
    public ScriptInput Input { get; }

    private string Create(string name, string type) =>
        $$"""{"op":"map_create","as":"{{name}}","type":"{{type}}","name":"{{name}}","key_size":4,"value_size":{{ValueSize}},"max_entries":4}""";

    private IEnumerable<string> Write(int cpu, int number)
    {
        byte[] value = new byte[ValueSize];
        BitConverter.TryWriteBytes(value, number);
        return ((string[])["shared", "slots"]).Select(
            m => $$"""{"op":"helper_map_update_elem","cpu":{{cpu}},"fd":"{{m}}","key":"{{Key}}","value":"{{Hex.Of(value)}}"}""");
    }

    private static string Read(string map) => $$"""{"op":"map_lookup_elem","fd":"{{map}}","key":"{{Key}}"}""";

    private static string See(int cpu, string map) => $$"""{"op":"helper_map_lookup_elem","cpu":{{cpu}},"fd":"{{map}}","key":"{{Key}}"}""";
}
