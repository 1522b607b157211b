using KernelSim.HostBpf;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>A ring of the host's kernel, with a program that writes 64 records in a run.</summary>
internal sealed class HostRingBench
{
    private const int RecordsOfARun = 64;
    private const int RingOutputHelper = 130;

    private readonly HostRing _ring;
    private readonly HostBpfProgram _program;
    private readonly byte[] _packet = new byte[64];
    private int _read;

    /// <summary>Creates the ring and loads the program.</summary>
    public HostRingBench(TrialSet set)
    {
        _ring = set.Own(new HostRing(SimRing.RingBytes));
        _program = set.Own(HostBpfProgram.Load(HostProgramType.SocketFilter, Program(_ring.Map)));
    }

    /// <summary>The program writes records.</summary>
    public void Write()
    {
        int result = _program.TestRun(_packet, SimRing.Records / RecordsOfARun, out uint failed);
        if (result != 0 || failed != 0)
        {
            throw new InvalidOperationException($"the program that writes records gave {result}, {failed}");
        }
    }

    /// <summary>This process reads all records.</summary>
    public void Consume()
    {
        _read = 0;
        _ring.Consume(_ => _read++);
        if (_read != SimRing.Records)
        {
            throw new InvalidOperationException($"{_read} of {SimRing.Records} records came");
        }
    }

    private static ulong[] Program(HostBpfMap ring)
    {
        List<ulong> code = [];
        for (short at = -SimRing.RecordBytes; at < 0; at += sizeof(ulong))
        {
            code.Add(BpfInstruction.StoreDoubleWord(BpfInstruction.FramePointer, at, 0));
        }

        for (int i = 0; i < RecordsOfARun; i++)
        {
            code.AddRange(BpfInstruction.LoadMap(1, ring));
            code.Add(BpfInstruction.Move(2, BpfInstruction.FramePointer));
            code.Add(BpfInstruction.Add(2, -SimRing.RecordBytes));
            code.Add(BpfInstruction.Set(3, SimRing.RecordBytes));
            code.Add(BpfInstruction.Set(4, 0));
            code.Add(BpfInstruction.Call(RingOutputHelper));
        }

        // What the last one returned: a ring that is full stays full.
        return [.. code, BpfInstruction.Exit()];
    }
}
