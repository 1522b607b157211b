using System.Runtime.InteropServices;
using KernelSim.Bytecode;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.EbpfCore.Tests.Trace;

/// <summary>What a trace says of a program's instructions and source lines.</summary>
[Collection(TraceCollection.Name)]
public sealed class InstructionTraceTests : IDisposable
{
    private static readonly BpfInstruction[] s_looksUp =
    [
        new(0x18, 1, 0, 0, 0), // r1 = the map
        default,
        new(0xbf, 2, 10, 0, 0), // r2 = r10
        new(0x07, 2, 0, 0, -8), // r2 += -8
        new(0x85, 0, 1, 0, 2), // call the function behind the exit
        new(0xb7, 0, 0, 0, 7), // r0 = 7
        new(0x95, 0, 0, 0, 0),
        new(0x85, 0, 0, 0, 0), // the look-up
        new(0x95, 0, 0, 0, 0),
    ];

    private readonly MachineEvents _listener = new();
    private readonly ProgramSymbols _symbols = new();
    private readonly EbpfMachine _machine;

    public InstructionTraceTests()
    {
        _machine = new EbpfMachine(
            options: new EbpfCoreOptions { Symbols = _symbols }, machine: new MachineOptions { RequestIdBase = _listener.RequestIdBase });
        TestExtension.Register(_machine.Machine);
    }

    public void Dispose()
    {
        _machine.Machine.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public void Each_instruction_of_the_interpreter_has_its_text_and_what_it_wrote()
    {
        Run(Load(EbpfCodeType.Ebpf, s_looksUp));

        List<RecordedEvent> steps = [.. _listener.Named("Instruction")];
        Assert.Equal(
            [
                (0, "r1 = map[m] ll", 1), (2, "r2 = r10", 2), (3, "r2 += -8", 2), (4, "call pc+2", -1), (7, "call bpf_map_lookup_elem#1", 0),
                (8, "exit", 0), (5, "r0 = 7", 0), (6, "exit", 0),
            ],
            steps.Select(s => ((int)s.Number("instruction"), s.Text("text"), (int)s.Number("register"))));
        Assert.Equal(steps[1].Address("value") - 8, steps[2].Address("value"));
        Assert.Equal([0L, 0, 7, 7], steps.Skip(4).Select(s => s.Number("value")));
        Assert.Empty(_listener.Named("InstructionsNotRecorded"));
    }

    [Fact]
    public void Compiled_code_says_that_it_shows_none()
    {
        Run(Load(EbpfCodeType.Jit, s_looksUp));

        RecordedEvent run = Assert.Single(_listener.Named("InstructionsNotRecorded"));
        Assert.Equal(("p", "compiled"), (run.Text("program"), run.Text("engine")));
        Assert.Empty(_listener.Named("Instruction"));
    }

    [Theory]
    [InlineData(EbpfCodeType.Ebpf)]
    [InlineData(EbpfCodeType.Jit)]
    public void A_helper_call_names_the_instruction_and_the_source_line(EbpfCodeType engine)
    {
        AddLine(7, "look_up(&map, &key);");

        Run(Load(engine, s_looksUp));

        RecordedEvent call = Assert.Single(_listener.Named("MapHelper"));
        Assert.Equal((7, "p.c:7 \"look_up(&map, &key);\""), (call.Number("instruction"), call.Text("line")));
    }

    [Theory]
    [InlineData(EbpfCodeType.Ebpf)]
    [InlineData(EbpfCodeType.Jit)]
    public void A_fault_is_told_with_its_line_before_the_machine_stops(EbpfCodeType engine)
    {
        AddLine(1, "return *p;");
        NtHandle program = Load(engine, [new(0xb7, 2, 0, 0, 4096), new(0x79, 0, 2, 0, 0), new(0x95, 0, 0, 0, 0)]);

        Assert.Throws<BugcheckException>(() => Run(program));

        RecordedEvent fault = Assert.Single(_listener.Named("ProgramFault"));
        Assert.Equal(("InvalidRead", 1, "p.c:1 \"return *p;\""), (fault.Text("kind"), fault.Number("instruction"), fault.Text("line")));
        Assert.Contains("read of 8 bytes", fault.Text("text"), StringComparison.Ordinal);
        List<string> names = [.. _listener.Events.Select(e => e.Name)];
        Assert.True(names.IndexOf("ProgramFault") < names.IndexOf("Bugcheck"));
    }

    [Fact]
    public void Registers_and_the_fault_have_the_machines_addresses()
    {
        NtHandle program = Load(
            EbpfCodeType.Ebpf, [new(0xbf, 2, 10, 0, 0), new(0xbf, 3, 1, 0, 0), new(0x79, 0, 3, 4096, 0), new(0x95, 0, 0, 0, 0)]);

        Assert.Throws<BugcheckException>(() => Run(program));

        ulong[] values = [.. _listener.Named("Instruction").Select(s => s.Address("value"))];
        Assert.Equal(0xFFFF_F880_0010_0000, values[0]);
        Assert.Contains($"(0x{values[1] + 4096:x})", Assert.Single(_listener.Named("ProgramFault")).Text("text"), StringComparison.Ordinal);
        Assert.InRange(values[1], 0xFFFF_8000_0000_0000, ulong.MaxValue);
    }

    [Fact]
    public void The_instruction_that_a_program_did_not_survive_is_its_last_and_wrote_nothing()
    {
        NtHandle program = Load(EbpfCodeType.Ebpf, [new(0xb7, 2, 0, 0, 4096), new(0x79, 0, 2, 0, 0), new(0x95, 0, 0, 0, 0)]);

        Assert.Throws<BugcheckException>(() => Run(program));

        Assert.Equal(
            [(0, 2), (1, -1)],
            _listener.Named("Instruction").Select(s => ((int)s.Number("instruction"), (int)s.Number("register"))));
    }

    /// <summary>Gives a slot of the program that <see cref="ProgramUser.NewProgram"/> makes a source line with its own number.</summary>
    private void AddLine(int slot, string text)
    {
        ProgramSourceLine?[] lines = new ProgramSourceLine?[s_looksUp.Length];
        lines[slot] = new ProgramSourceLine("p.c", slot, text);
        _symbols.Add("f", "s", "p", new ProgramSource(lines, []));
    }

    private NtHandle Load(EbpfCodeType engine, BpfInstruction[] code)
    {
        NtHandle program = _machine.User.NewProgram();
        TestMap map = _machine.User.NewMap(BpfMapType.Hash, keySize: 8, name: "m");
        _machine.User.ResolveHelpers(program, 1).Expect(EbpfResult.Success);
        ulong number = BitConverter.ToUInt64(_machine.User.ResolveMaps(program, map.Handle).Expect(EbpfResult.Success).Tail(8));
        BpfInstruction[] loaded = [.. code];
        if (loaded[0].IsWide)
        {
            loaded[0] = loaded[0] with { Immediate = (int)number };
            loaded[1] = loaded[1] with { Immediate = (int)(number >> 32) };
        }

        _machine.User.LoadCode(program, engine, MemoryMarshal.AsBytes(loaded.AsSpan()).ToArray()).Expect(EbpfResult.Success);
        _listener.Clear();
        return program;
    }

    private void Run(NtHandle program) => _machine.User.TestRun(program, [1], new byte[8], 200).Expect(EbpfResult.Success);
}
