using System.Runtime.CompilerServices;
using System.Text;
using KernelSim.Bytecode;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Tests.Support;
using static KernelSim.UserMode.Tests.Support.Assembly;

namespace KernelSim.UserMode.Tests.Bytecode;

/// <summary>Programs of instructions, loaded with <c>bpf_prog_load</c>: upstream's libbpf_test.cpp.</summary>
public sealed class ProgramLoadTests : IDisposable
{
    private readonly ModuleLab _lab = new();

    public static TheoryData<string> Rules => [.. StructuralCheck.Rules.Select(r => r.Id)];

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void A_program_of_instructions_is_loaded_and_returns_what_it_says()
    {
        int program = Load(Move(0, 7), Exit);
        Assert.Equal(7u, TestRun(program));
        BpfProgInfo info = _lab.Info<BpfProgInfo>(program);
        Assert.Equal(("name", BpfProgType.Xdp, 0u), (info.Name.ToString(), info.Type, info.NrMapIds));
        Assert.Equal(EbpfResult.Success, _lab.Library.ebpf_program_query_info(program, out EbpfCodeType code, out string file, out string section));
        Assert.Equal((EbpfCodeType.Jit, "name", "name"), (code, file, section));
    }

    [Fact]
    public void A_program_without_a_name_is_called_after_its_instructions()
    {
        int program = _lab.Library.bpf_prog_load(BpfProgType.Xdp, 0, 0, Put(Move(0, 7), Exit), 2);
        Assert.Matches("^[0-9a-f]{63}$", _lab.Info<BpfProgInfo>(program).Name.ToString());
    }

    [Fact]
    public void A_program_counts_in_a_map_that_it_names_by_its_descriptor()
    {
        int map = _lab.Lab.CreateMap(BpfMapType.Array, maxEntries: 1);
        int program = Load(Counter(map, result: 1));
        Assert.Equal(1u, _lab.Info<BpfProgInfo>(program).NrMapIds);
        Assert.Equal(1u, TestRun(program, repeat: 5));
        Assert.Equal(5ul, ValueOf(map));
    }

    [Fact]
    public void A_program_writes_to_the_value_of_an_array_whose_address_it_has()
    {
        int map = _lab.Lab.CreateMap(BpfMapType.Array, valueSize: 16, maxEntries: 1);
        int program = Load([.. LoadMapValue(1, map, 8), Move(2, 5), Store64(1, 0, 2), Move(0, 0), Exit]);
        TestRun(program);
        Assert.Equal([0ul, 5ul], _lab.Lab.ReadArray<ulong>(LookUp(map, 16), 2));
    }

    [Fact]
    public void A_descriptor_in_the_instructions_that_is_not_open_is_refused_with_its_number()
    {
        ulong code = Put(new(0x18, 1, BpfInstruction.MapSource, 0, 99), default, Move(0, 0), Exit);

        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf_prog_load(BpfProgType.Xdp, "x", null, code, 4));

        Assert.Equal((CheckTable.ApiProgramLoadMap, 99L), (_lab.Library.LastRefusal?.Check, _lab.Library.LastRefusal?.Given));
        Assert.Equal(-(int)Errno.ENOENT, _lab.Library.bpf_prog_get_next_id(0, _lab.Lab.Put(0u)));
    }

    [Fact]
    public void An_attached_program_runs_on_each_packet()
    {
        int map = _lab.Lab.CreateMap(BpfMapType.Array, maxEntries: 1);
        int program = Load(Counter(map, result: 1));
        Assert.Equal(0, _lab.Library.bpf_xdp_attach(1, program, 0));
        for (int cpu = 0; cpu < 3; cpu++)
        {
            _lab.Network.DeliverPacket(cpu, 1, new byte[60]);
        }

        Assert.Equal(3ul, ValueOf(map));
        Assert.Equal(0, _lab.Library.bpf_xdp_detach(1, 0));
    }

    [Fact]
    public void A_refusal_names_the_instruction_in_the_log_and_in_the_refusal()
    {
        ulong log = _lab.Lab.Allocate(512);
        ulong opts = Options(log, 512);
        ulong code = Put(Move(0, 0), Call(9999), Exit);
        Assert.Equal(-(int)Errno.EACCES, _lab.Library.bpf_prog_load(BpfProgType.Xdp, "bad", null, code, 3, opts));
        Assert.Equal(CheckTable.BytecodeHelper, _lab.Library.LastRefusal?.Check);
        const string Text = "bad/bad: instruction 1 (call 9999): helper 9999, expected one that the program type has";
        Assert.Equal(Text, TextAt(log));
        Assert.Contains(Text, _lab.Library.LastRefusal!.Line, StringComparison.Ordinal);
        Assert.Equal(-(int)Errno.ENOENT, _lab.Library.bpf_prog_get_next_id(0, _lab.Lab.Put(0u)));
    }

    [Fact]
    public void A_log_that_does_not_fit_changes_the_result_to_enospc()
    {
        ulong log = _lab.Lab.Allocate(8);
        ulong code = Put(Move(0, 0));
        Assert.Equal(-(int)Errno.ENOSPC, _lab.Library.bpf_prog_load(BpfProgType.Xdp, "bad", null, code, 1, Options(log, 8)));
        Assert.Equal("bad/bad", TextAt(log));
    }

    [Fact]
    public void A_log_of_a_program_that_is_loaded_is_empty()
    {
        ulong log = _lab.Lab.Put("old text"u8);
        Assert.True(_lab.Library.bpf_prog_load(BpfProgType.Xdp, "good", null, Put(Move(0, 0), Exit), 2, Options(log, 8)) > 0);
        Assert.Equal("", TextAt(log));
    }

    [Theory]
    [InlineData(0u, 0ul, CheckId.Count)]
    [InlineData(2u, 8ul, CheckId.Buffer)]
    [InlineData(1u << 29, 0ul, CheckId.Count)]
    public void A_count_of_instructions_must_fit_their_buffer(uint count, ulong shorter, string check)
    {
        ulong code = _lab.Lab.Allocate(16 - (uint)shorter);
        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf_prog_load(BpfProgType.Xdp, "x", null, code, count));
        Assert.Equal(check, _lab.Library.LastRefusal?.Check.Id);
    }

    [Fact]
    public void A_log_buffer_and_its_size_go_together()
    {
        ulong code = Put(Move(0, 0), Exit);
        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf_prog_load(BpfProgType.Xdp, "x", null, code, 2, Options(0, 8)));
        Assert.Equal(CheckTable.ApiProgramLoadLog, _lab.Library.LastRefusal?.Check);
        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf_prog_load(BpfProgType.Xdp, "x", null, code, 2, Options(_lab.Lab.Allocate(8), 0)));
        Assert.Equal(CheckTable.ApiProgramLoadLog, _lab.Library.LastRefusal?.Check);
    }

    [Fact]
    public void A_program_of_a_type_that_nobody_provides_is_refused_by_the_kernel()
    {
        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf_prog_load(BpfProgType.Sample, "x", null, Put(Move(0, 0), Exit), 2));
        Assert.Equal(CheckTable.ProgramCreateProvider, _lab.Library.LastRefusal?.Check);
    }

    [Fact]
    public void An_access_beyond_the_stack_stops_the_machine_and_says_where()
    {
        ModuleLab lab = new();
        using Machine machine = lab.Lab.Machine;
        int program = lab.Library.bpf_prog_load(
            BpfProgType.Xdp, "wild", null, lab.Lab.Put<BpfInstruction>([Move(0, 0), Store64(10, -520, 0), Exit]), 3);
        ulong opts = lab.Lab.Put(RunOptions(lab, repeat: 1));
        Assert.Throws<BugcheckException>(() => lab.Library.bpf_prog_test_run_opts(program, opts));
        BugcheckRecord? record = machine.StopRecord;
        Assert.Equal(BugcheckCode.DriverIrqlNotLessOrEqual, record?.Code);
        Assert.Contains("'wild'", record!.Detail, StringComparison.Ordinal);
        Assert.Contains("instruction 1", record.Detail, StringComparison.Ordinal);

        // The top of the stack has the same address in every run.
        Assert.Contains("r10-520 (0xfffff880000ffdf8)", record.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Each_rule_of_the_structural_check_is_a_row_of_the_check_table(string id)
    {
        StructuralRule rule = StructuralCheck.Rules.Single(r => r.Id == id);
        EbpfCheck? row = CheckTable.Find(id);
        Assert.Equal((rule.Text, rule.Fix), (row?.Text, row?.Fix));
    }

    private static BpfTestRunOpts RunOptions(ModuleLab lab, int repeat) => new()
    {
        Sz = (ulong)Unsafe.SizeOf<BpfTestRunOpts>(),
        DataIn = lab.Lab.Allocate(64),
        DataSizeIn = 64,
        Repeat = repeat,
    };

    private int Load(params BpfInstruction[] code)
    {
        int fd = _lab.Library.bpf_prog_load(BpfProgType.Xdp, "name", null, Put(code), (ulong)code.Length);
        Assert.True(fd > 0, $"{fd} {_lab.Library.LastRefusal}");
        return fd;
    }

    private ulong Put(params BpfInstruction[] code) => _lab.Lab.Put<BpfInstruction>(code);

    private ulong Options(ulong log, uint size) => _lab.Lab.Put(new BpfProgLoadOpts { Sz = 112, LogBuf = log, LogSize = size });

    private uint TestRun(int program, int repeat = 1)
    {
        ulong opts = _lab.Lab.Put(RunOptions(_lab, repeat));
        Assert.True(_lab.Library.bpf_prog_test_run_opts(program, opts) == 0, _lab.Library.LastRefusal?.Line);
        return _lab.Lab.Read<BpfTestRunOpts>(opts).Retval;
    }

    private ulong ValueOf(int map) => _lab.Lab.Read<ulong>(LookUp(map, 8));

    private ulong LookUp(int map, uint size)
    {
        ulong value = _lab.Lab.Allocate(size);
        Assert.Equal(0, _lab.Library.bpf_map_lookup_elem(map, _lab.Lab.Put(0), value));
        return value;
    }

    private string TextAt(ulong address)
    {
        _lab.Lab.Memory.TryGetHeapBlock(address, out var block);
        ReadOnlySpan<byte> bytes = _lab.Lab.Bytes(address, (int)(block.End - address));
        return Encoding.UTF8.GetString(bytes[..bytes.IndexOf((byte)0)]);
    }

    private static class CheckId
    {
        public const string Count = "api.prog_load.count";
        public const string Buffer = "api.prog_load.buffer";
    }
}
