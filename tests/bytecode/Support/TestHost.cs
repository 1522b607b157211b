namespace KernelSim.Bytecode.Tests;

/// <summary>A host whose helpers are functions of their five arguments. Helper 5 returns r1, as bpf_conformance expects.</summary>
internal sealed class TestHost : BytecodeHost
{
    public delegate ulong Helper(ref BytecodeRun run, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5);

    public Dictionary<uint, Helper> Helpers { get; } = new()
    {
        [5] = (ref BytecodeRun run, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) => r1,
    };

    public bool Stopped { get; set; }

    public override bool IsStopped => Stopped;

    public override ulong CallHelper(ref BytecodeRun run, uint id, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5)
    {
        if (Helpers.TryGetValue(id, out Helper? helper))
        {
            return helper(ref run, r1, r2, r3, r4, r5);
        }

        run.RefuseCall(BytecodeFaultKind.UnknownHelper, $"helper {id} is unknown");
        return 0;
    }
}
