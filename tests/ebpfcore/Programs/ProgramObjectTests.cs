using System.Runtime.InteropServices;
using System.Text;
using KernelSim.EbpfCore.Programs;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Programs;

public sealed class ProgramObjectTests : IDisposable
{
    private readonly EbpfMachine _machine = new();
    private readonly TestExtension _extension;

    public ProgramObjectTests()
    {
        _extension = TestExtension.Register(_machine.Machine);
    }

    private EbpfUser User => _machine.User;

    public void Dispose()
    {
        _extension.Deregister(_machine.Machine);
        _machine.Dispose();
    }

    [Fact]
    public void A_program_without_a_type_is_refused_before_its_name_is_looked_at()
    {
        User.CreateProgram(Guid.Empty, new string('n', 64)).ExpectRefusal(CheckTable.ProgramCreateType, 0, 1);
        User.CreateProgram(ProgramTypeTable.Bind, new string('n', 64)).ExpectRefusal(CheckTable.ProgramCreateName, 64, 63);
        User.CreateProgram(ProgramTypeTable.Bind, new string('n', 63)).ExpectRefusal(CheckTable.ProgramCreateProvider, 0, 1);
    }

    [Fact]
    public void A_program_of_a_type_that_nobody_provides_leaves_nothing_behind()
    {
        User.CreateProgram(ProgramTypeTable.Xdp).Expect(EbpfResult.ExtensionFailedToLoad);
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _machine.Driver.ObjectCount);
        User.NextId(EbpfOperationId.GetNextProgramId, 0).Expect(EbpfResult.NoMoreKeys);
    }

    [Fact]
    public void A_program_is_listed_described_and_gone_when_its_last_handle_is()
    {
        NtHandle program = User.NewProgram(name: "counter");
        uint id = User.NextId(EbpfOperationId.GetNextProgramId, 0).Expect(EbpfResult.Success).As<GetNextIdReply>().NextId;
        BpfProgInfo info = User.ProgramInfo(program).Expect(EbpfResult.Success).AsProgramInfo();
        Assert.Equal(id, info.Id);
        Assert.Equal("counter", info.Name.ToString());
        Assert.Equal(ProgramTypeTable.Sample, info.TypeUuid);
        Assert.Equal(BpfProgType.Sample, info.Type);
        Assert.Equal(Guid.Empty, info.AttachTypeUuid);
        User.Close(program).Expect(EbpfResult.Success);
        User.NextId(EbpfOperationId.GetNextProgramId, 0).Expect(EbpfResult.NoMoreKeys);
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _machine.Driver.ObjectCount);
    }

    [Fact]
    public void File_and_section_come_back_by_query_and_too_little_room_is_refused()
    {
        NtHandle program = User.CreateProgram(ProgramTypeTable.Sample, "p", "sample_ext/x", "droppacket.o").As<CreateProgramReply>().ProgramHandle;
        Answer answer = User.Send(EbpfOperationId.QueryProgramInfo, new QueryProgramInfoRequest { Handle = program }, replyBytes: 40);
        QueryProgramInfoReply reply = answer.Expect(EbpfResult.Success).As<QueryProgramInfoReply>();
        Assert.Equal((EbpfCodeType.None, 16, 28), (reply.CodeType, reply.FileNameOffset, reply.SectionNameOffset));
        Assert.Equal("droppacket.osample_ext/x", Encoding.UTF8.GetString(answer.Tail(16)));
        User.Send(EbpfOperationId.QueryProgramInfo, new QueryProgramInfoRequest { Handle = program }, replyBytes: 39)
            .ExpectRefusal(CheckTable.ProgramQueryRoom, 39, 40);
        User.Send(EbpfOperationId.QueryProgramInfo, new QueryProgramInfoRequest { Handle = User.NewMap(BpfMapType.Array).Handle }, replyBytes: 40)
            .Expect(EbpfResult.InvalidObject);
    }

    [Fact]
    public void A_bound_map_lives_as_long_as_the_program_and_is_named_by_its_info()
    {
        NtHandle program = User.NewProgram();
        TestMap map = User.NewMap(BpfMapType.Array);
        uint id = User.NextId(EbpfOperationId.GetNextMapId, 0).As<GetNextIdReply>().NextId;
        User.BindMap(program, map.Handle).Expect(EbpfResult.Success);
        User.Close(map.Handle).Expect(EbpfResult.Success);
        ulong array = User.Gate.Memory.Allocate(8);
        BpfProgInfo info = User.ProgramInfo(program, new BpfProgInfo { NrMapIds = 2, MapIds = array }).Expect(EbpfResult.Success).AsProgramInfo();
        Assert.Equal((1u, array), (info.NrMapIds, info.MapIds));
        Assert.Equal(id, MemoryMarshal.Read<uint>(User.Gate.Memory.Access(array, 4, MemoryAccess.Read, "test")));
        User.Close(program).Expect(EbpfResult.Success);
        User.NextId(EbpfOperationId.GetNextMapId, 0).Expect(EbpfResult.NoMoreKeys);
    }

    [Fact]
    public void The_array_for_map_ids_is_probed_over_what_will_be_written()
    {
        NtHandle program = User.NewProgram();
        TestMap[] maps = [User.NewMap(BpfMapType.Array), User.NewMap(BpfMapType.Array)];
        Array.ForEach(maps, m => User.BindMap(program, m.Handle).Expect(EbpfResult.Success));
        ulong array = User.Gate.Memory.Allocate(4);
        User.ProgramInfo(program, new BpfProgInfo { NrMapIds = 1, MapIds = array }).ExpectRefusal(CheckTable.ProgramInfoMapRoom, 1, 2);
        Assert.NotEqual(0u, MemoryMarshal.Read<uint>(User.Gate.Memory.Access(array, 4, MemoryAccess.Read, "test")));
        User.ProgramInfo(program, new BpfProgInfo { NrMapIds = 2, MapIds = array }).ExpectRefusal(CheckTable.ProgramInfoMapIds, (long)array, 8);
        User.ProgramInfo(program, new BpfProgInfo { NrMapIds = 2, MapIds = 16 }).Expect(EbpfResult.InvalidPointer);
        User.ProgramInfo(program, new BpfProgInfo { NrMapIds = 1, MapIds = array + 1 })
            .ExpectRefusal(CheckTable.ProgramInfoMapIds, (long)array + 1, 4);
        User.ProgramInfo(program, new BpfProgInfo { NrMapIds = 0, MapIds = 16 }).Expect(EbpfResult.Success);
    }

    [Fact]
    public void Info_needs_the_callers_info_up_to_the_name_and_is_cut_where_room_ends()
    {
        NtHandle program = User.NewProgram();
        User.Info(program, wanted: 23).ExpectRefusal(CheckTable.ProgramInfoRequest, 23, 24);
        Assert.Equal(12 + 5, User.Info(program, wanted: 24, room: 5).Expect(EbpfResult.Success).Header.Length);
        Assert.Equal(12, User.Info(program, wanted: 24, room: 0).Expect(EbpfResult.Success).Header.Length);
    }

    [Theory]
    [InlineData(EbpfCodeType.None)]
    [InlineData(EbpfCodeType.Native)]
    public void Only_machine_code_and_instructions_are_loaded_through_the_protocol(EbpfCodeType type) =>
        User.LoadCode(User.NewProgram(), type, 1).ExpectRefusal(CheckTable.ProgramLoadType, (long)type, 2);

    [Fact]
    public void Instructions_are_blocked_without_an_engine_and_the_program_keeps_their_kind()
    {
        NtHandle program = User.NewProgram();
        User.LoadCode(program, EbpfCodeType.Ebpf, new byte[16]).ExpectRefusal(CheckTable.ProgramLoadInterpreter, 0, 1);
        User.LoadCode(program, EbpfCodeType.Ebpf, new byte[16]).ExpectRefusal(CheckTable.ProgramLoadOnce, 2, 0);
        User.LoadCode(program, EbpfCodeType.Jit, 0xC3).ExpectRefusal(CheckTable.ProgramLoadOnce, 2, 0);
    }

    [Fact]
    public void Machine_code_is_loaded_once_and_given_back()
    {
        NtHandle program = User.NewProgram();
        User.LoadCode(program, EbpfCodeType.Jit, 0xC3).Expect(EbpfResult.Success);
        User.LoadCode(program, EbpfCodeType.Jit, 0xC3).ExpectRefusal(CheckTable.ProgramLoadOnce, 1, 0);
    }

    [Fact]
    public void No_machine_code_at_all_takes_memory_that_cannot_be_had_and_the_program_keeps_its_kind()
    {
        NtHandle program = User.NewProgram();
        User.LoadCode(program, EbpfCodeType.Jit).ExpectRefusal(CheckTable.ProgramLoadNoCode, 0, 1);
        User.LoadCode(program, EbpfCodeType.Jit, 0xC3).ExpectRefusal(CheckTable.ProgramLoadOnce, 1, 0);
    }

    [Fact]
    public void Machine_code_is_blocked_while_code_integrity_is_on_before_the_program_is_looked_up()
    {
        using EbpfMachine strict = new(options: EbpfCoreOptions.NativeOnly with { HypervisorCodeIntegrity = true, Interpreter = new TestEngine() });
        strict.User.LoadCode(new NtHandle(77), EbpfCodeType.Jit, 0xC3).ExpectRefusal(CheckTable.ProgramLoadIntegrity, 1, 0);
    }

    [Fact]
    public void An_installed_engine_gets_whole_instructions_and_may_refuse_them()
    {
        TestEngine engine = new();
        using EbpfMachine machine = new(options: EbpfCoreOptions.NativeOnly with { Interpreter = engine });
        TestExtension extension = TestExtension.Register(machine.Machine);
        machine.User.LoadCode(machine.User.NewProgram(), EbpfCodeType.Ebpf, new byte[7]).ExpectRefusal(CheckTable.ProgramLoadEmpty, 0, 1);
        machine.User.LoadCode(machine.User.NewProgram(), EbpfCodeType.Ebpf, new byte[17]).Expect(EbpfResult.Success);
        Assert.Equal(16, engine.Bytes);
        machine.User.LoadCode(machine.User.NewProgram(), EbpfCodeType.Ebpf, [0xFF, .. new byte[7]])
            .ExpectRefusal(CheckTable.ProgramLoadInstructions, 0, 1);
        extension.Deregister(machine.Machine);
    }

    [Fact]
    public void Helpers_are_resolved_once_and_only_those_that_somebody_implements()
    {
        NtHandle program = User.NewProgram();
        Answer answer = User.ResolveHelpers(program, 1, TestExtension.DoubleHelper, TestExtension.NumberHelper, 26).Expect(EbpfResult.Success);
        HelperFunctionAddress[] addresses = MemoryMarshal.Cast<byte, HelperFunctionAddress>(answer.Tail(8)).ToArray();
        Assert.Equal([0, 0, 1, 0], addresses.Select(a => (int)a.ImplicitContext));
        Assert.Equal(4, addresses.Select(a => a.Address).Distinct().Count());
        User.ResolveHelpers(program, 1).ExpectRefusal(CheckTable.ResolveHelperOnce, 1, 0);

        // The refused request made the driver forget the first, as upstream's does.
        User.ResolveHelpers(program, 1, TestExtension.DoubleHelper, TestExtension.NumberHelper, 26).Expect(EbpfResult.Success);
    }

    [Fact]
    public void A_general_helper_that_an_extension_implements_may_want_the_context_too()
    {
        using EbpfMachine machine = new();
        TestExtension extension = TestExtension.Register(
            machine.Machine,
            change: d => d with { Info = d.Info with { GlobalHelpers = [d.Info.GlobalHelpers[0] with { ImplicitContext = true }] } });
        Answer answer = machine.User.ResolveHelpers(machine.User.NewProgram(), 26, 19).Expect(EbpfResult.Success);
        HelperFunctionAddress[] addresses = MemoryMarshal.Cast<byte, HelperFunctionAddress>(answer.Tail(8)).ToArray();
        Assert.Equal([1, 0], addresses.Select(a => (int)a.ImplicitContext));
        extension.Deregister(machine.Machine);
    }

    [Fact]
    public void Machine_code_has_no_trampolines_to_helpers_where_the_extension_implements_none()
    {
        using EbpfMachine machine = new();
        TestExtension extension = TestExtension.Register(
            machine.Machine,
            change: d => d with { Info = d.Info with { TypeHelpers = [], GlobalHelpers = [] }, TypeHelpers = [], GlobalHelpers = [] });
        NtHandle program = machine.User.NewProgram();
        machine.User.ResolveHelpers(program, 1).Expect(EbpfResult.Success);
        NtHandle loaded = machine.User.NewProgram();
        machine.User.LoadCode(loaded, EbpfCodeType.Jit, 0xC3).Expect(EbpfResult.Success);
        machine.User.ResolveHelpers(loaded, 1).ExpectRefusal(CheckTable.ResolveHelperTrampolines, 0, 1);
        machine.User.ResolveHelpers(loaded).Expect(EbpfResult.Success);
        extension.Deregister(machine.Machine);

        NtHandle here = User.NewProgram();
        User.LoadCode(here, EbpfCodeType.Jit, 0xC3).Expect(EbpfResult.Success);
        User.ResolveHelpers(here, 1).Expect(EbpfResult.Success);
    }

    [Fact]
    public void An_engine_needs_the_extension_only_for_helpers_that_have_been_resolved()
    {
        using EbpfMachine machine = new(options: EbpfCoreOptions.NativeOnly with { Interpreter = new TestEngine() });
        TestExtension extension = TestExtension.Register(machine.Machine);
        NtHandle plain = machine.User.NewProgram();
        NtHandle calling = machine.User.NewProgram();
        machine.User.ResolveHelpers(calling, 1).Expect(EbpfResult.Success);
        extension.Deregister(machine.Machine);
        machine.User.LoadCode(plain, EbpfCodeType.Ebpf, new byte[8]).Expect(EbpfResult.Success);
        machine.User.LoadCode(calling, EbpfCodeType.Ebpf, new byte[8]).ExpectRefusal(CheckTable.ProgramProvider, 0, 1);
    }

    [Fact]
    public void A_request_for_no_helpers_has_no_room_for_those_that_are_there_and_forgets_them()
    {
        NtHandle program = User.NewProgram();
        User.ResolveHelpers(program, 1, 2).Expect(EbpfResult.Success);
        User.ResolveHelpers(program).ExpectRefusal(CheckTable.ResolveHelperCount, 0, 2);

        // What it was verified against is still known.
        User.ResolveHelpers(program).ExpectRefusal(CheckTable.ProgramInfoHash, 0, 1);
        User.ResolveHelpers(program, 1, 2).Expect(EbpfResult.Success);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(36u)]
    [InlineData(0xFFFEu)]
    [InlineData(0x10001u)]
    public void An_unknown_helper_is_refused(uint id) =>
        User.ResolveHelpers(User.NewProgram(), id).ExpectRefusal(CheckTable.ResolveHelperKnown, id, 35);

    [Fact]
    public void A_general_helper_that_no_extension_implements_is_refused() =>
        User.ResolveHelpers(User.NewProgram(), 35).ExpectRefusal(CheckTable.ResolveHelperImplemented, 35, 1);

    [Fact]
    public void A_helper_named_twice_does_not_match_what_is_hashed() =>
        User.ResolveHelpers(User.NewProgram(), 1, 1).ExpectRefusal(CheckTable.ProgramInfoHash, 0, 1);

    [Fact]
    public void Resolving_helpers_checks_the_room_before_the_program()
    {
        User.Send(EbpfOperationId.ResolveHelper, new ResolveHelperRequest { ProgramHandle = new NtHandle(99) }, new byte[8], 39)
            .ExpectRefusal(CheckTable.ResolveHelperRoom, 39, 40);
        User.ResolveHelpers(new NtHandle(99), 1).Expect(EbpfResult.InvalidObject);
    }

    [Fact]
    public void Maps_are_resolved_once_to_distinct_numbers()
    {
        NtHandle program = User.NewProgram();
        NtHandle[] maps = [User.NewMap(BpfMapType.Array).Handle, User.NewMap(BpfMapType.Hash).Handle];
        ulong[] addresses = MemoryMarshal.Cast<byte, ulong>(User.ResolveMaps(program, maps).Expect(EbpfResult.Success).Tail(8)).ToArray();
        Assert.Equal(2, addresses.Distinct().Count());
        Assert.DoesNotContain(0ul, addresses);
        User.ResolveMaps(program, maps).ExpectRefusal(CheckTable.ResolveMapOnce, 2, 0);
        User.ResolveMaps(program).ExpectRefusal(CheckTable.ResolveMapCount, 0, 1);
        User.ResolveMaps(User.NewProgram(), maps[0], new NtHandle(99)).Expect(EbpfResult.InvalidObject);
    }

    [Fact]
    public void An_array_of_programs_gets_its_type_though_the_program_has_maps_already_and_says_so_first_when_it_is_another()
    {
        TestExtension other = TestExtension.Register(_machine.Machine, ProgramTypeTable.Bind);
        NtHandle program = User.NewProgram();
        NtHandle array = User.NewMap(BpfMapType.ProgArray, valueSize: 4).Handle;
        User.BindMap(program, User.NewMap(BpfMapType.Array).Handle).Expect(EbpfResult.Success);
        User.ResolveMaps(program, array).ExpectRefusal(CheckTable.ResolveMapOnce, 1, 0);
        NtHandle stranger = User.NewProgram(ProgramTypeTable.Bind);
        User.BindMap(stranger, User.NewMap(BpfMapType.Array).Handle).Expect(EbpfResult.Success);
        User.ResolveMaps(stranger, array).Expect(EbpfResult.InvalidFd);
        other.Deregister(_machine.Machine);
    }

    [Fact]
    public void Only_the_log_function_can_be_asked_for()
    {
        Answer answer = User.Send(EbpfOperationId.GetEcFunction, default(GetEcFunctionRequest), replyBytes: 16).Expect(EbpfResult.Success);
        Assert.NotEqual(0ul, answer.As<GetEcFunctionReply>().Address);
        User.Send(EbpfOperationId.GetEcFunction, new GetEcFunctionRequest { Function = (EbpfEcFunction)1 }, replyBytes: 16)
            .ExpectRefusal(CheckTable.EcFunction, 1, 0);
    }

    [Fact]
    public void A_type_is_described_with_its_own_helpers_first_and_all_general_ones()
    {
        Answer answer = User.DescribeType(ProgramTypeTable.Sample).Expect(EbpfResult.Success);
        ReadOnlySpan<byte> bytes = answer.Bytes.AsSpan(24, (int)answer.As<GetProgramInfoReply>().Size);
        SerializedProgramTypeDescriptor type = MemoryMarshal.Read<SerializedProgramTypeDescriptor>(bytes);
        Assert.Equal((84ul, (ushort)1, 61ul, 64ul, 4ul), (type.Size, type.Header.Version, type.Header.Size, type.Header.TotalSize, type.NameLength));
        Assert.Equal((ProgramTypeTable.Sample, BpfProgType.Sample, (byte)0), (type.ProgramType, type.BpfProgType, type.IsPrivileged));
        Assert.Equal("test", Encoding.UTF8.GetString(bytes.Slice(80, 4)));
        bytes = bytes[84..];
        SerializedHelperPrototypeArray array = MemoryMarshal.Read<SerializedHelperPrototypeArray>(bytes);
        Assert.Equal((37u, (ulong)bytes.Length), (array.HelperFunctionCount, array.Size));
        bytes = bytes[36..];
        List<(uint Id, string Name)> helpers = [];
        while (!bytes.IsEmpty)
        {
            SerializedHelperPrototype helper = MemoryMarshal.Read<SerializedHelperPrototype>(bytes);
            Assert.Equal((66ul, 72ul), (helper.Header.Size, helper.Header.TotalSize));
            helpers.Add((helper.HelperId, Encoding.UTF8.GetString(bytes.Slice(72, (int)helper.NameLength))));
            bytes = bytes[(int)helper.Size..];
        }

        Assert.Equal([(0xFFFFu, "test_double"), (0x10000u, "test_number"), (1u, "bpf_map_lookup_elem")], helpers[..3]);
        Assert.Equal((35u, "bpf_redirect_map"), helpers[^1]);
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _machine.Driver.ObjectCount);
    }

    [Fact]
    public void A_description_that_does_not_fit_says_how_long_it_is()
    {
        int needed = (int)User.DescribeType(ProgramTypeTable.Sample).As<GetProgramInfoReply>().Size;
        User.DescribeType(ProgramTypeTable.Sample, room: needed - 1).ExpectRefusal(CheckTable.ProgramDescribeRoom, needed - 1, needed);
        User.DescribeType(ProgramTypeTable.Sample, User.NewProgram(), needed).Expect(EbpfResult.Success);
        User.DescribeType(ProgramTypeTable.Xdp).Expect(EbpfResult.ExtensionFailedToLoad);
        User.DescribeType(ProgramTypeTable.Sample, new NtHandle(99)).Expect(EbpfResult.InvalidObject);
    }

    [Fact]
    public void Flags_are_kept_for_hook_providers()
    {
        NtHandle program = User.NewProgram();
        User.Send(EbpfOperationId.ProgramSetFlags, new ProgramSetFlagsRequest { ProgramHandle = program, Flags = 0x8000_0000_0000_0001 })
            .Expect(EbpfResult.Success);
        Assert.Equal(EbpfResult.Success, _machine.Driver.ReferenceProgram(User.Process, program, out EbpfProgram? found));
        Assert.Equal(0x8000_0000_0000_0001ul, found!.Flags);
        found.Dereference();
    }
}
