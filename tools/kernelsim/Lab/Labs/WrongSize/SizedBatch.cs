using KernelSim.LabScripts;
using KernelSim.Protocol;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;
using KernelSim.UserMode;

namespace KernelSim.Tool.Lab.Labs.WrongSize;

/// <summary>A batch look-up with a buffer of some size, which a machine can run and a student's method can be asked about.</summary>
/// <param name="KeySize">Bytes of a key.</param>
/// <param name="ValueSize">Bytes of a value, of one CPU's in a per-CPU map.</param>
/// <param name="Cpus">Processors.</param>
/// <param name="Count">Elements asked for.</param>
/// <param name="IsPerCpu">Whether the map is per CPU.</param>
/// <param name="ValuesBytes">Bytes of the buffer for values.</param>
internal sealed record SizedBatch(int KeySize, int ValueSize, int Cpus, int Count, bool IsPerCpu, long ValuesBytes)
{
    /// <summary>Most elements that a machine stores for it.</summary>
    private const int MostStored = 200;

    /// <summary>Bytes of a value as user mode sees it.</summary>
    public long Total => IsPerCpu ? (long)PerCpuLayout.Pad8((uint)ValueSize) * Cpus : ValueSize;

    /// <summary>The script, whose last call is the look-up.</summary>
    public ScriptInput Script(LibraryVersion library)
    {
        int stored = Math.Min(Count, MostStored);
        string keys = string.Concat(Enumerable.Range(0, stored).Select(i => Hex.Of([(byte)i, .. new byte[KeySize - 1]])));
        string type = IsPerCpu ? "percpu_hash" : "hash";
        return new ScriptInput(
        [
            $$"""{"op":"map_create","as":"m","type":"{{type}}","name":"m","key_size":{{KeySize}},"value_size":{{ValueSize}},"max_entries":256}""",
            $$"""{"op":"map_update_batch","fd":"m","keys":"{{keys}}","values":"{{new string('0', (int)(2 * stored * Total))}}","count":{{stored}}}""",
            $$"""{"op":"map_lookup_batch","fd":"m","count":{{Count}},"values_size":{{ValuesBytes}}}""",
        ])
        {
            Cpus = Cpus,
            Library = library,
        };
    }

    /// <summary>The command that runs the script which <see cref="Leave"/> has left.</summary>
    /// <param name="name">Name of the script.</param>
    public string Command(string name) => $"kernelsim script {LabFolder.OutputFolder}/{name} --cpus {Cpus}";

    /// <summary>Leaves the script for the student to run.</summary>
    /// <param name="run">The task.</param>
    /// <param name="name">Name of the script.</param>
    public void Leave(TaskRun run, string name) => run.Leave(name, string.Join('\n', Script(LibraryVersion.Checked).Lines));

    /// <summary>What it is, for a miss.</summary>
    public override string ToString() =>
        $"keySize {KeySize}, valueSize {ValueSize}, cpus {Cpus}, count {Count}, {(IsPerCpu ? "per CPU" : "not per CPU")}, valuesBytes {ValuesBytes}";
}
