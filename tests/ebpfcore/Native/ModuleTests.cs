using System.Runtime.InteropServices;
using System.Text;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt.Images;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Protocol.Modules;

namespace KernelSim.EbpfCore.Tests.Native;

/// <summary>Modules from authorising them to their drivers' unloading, by messages.</summary>
public sealed class ModuleTests : IDisposable
{
    private const int CounterHandles = 7;

    private static readonly Guid s_id = new("aaaaaaaa-0000-0000-0000-000000000001");
    private static readonly Guid s_other = new("aaaaaaaa-0000-0000-0000-000000000002");
    private static readonly DriverImage s_counter = NativeModuleImage.Compile(typeof(CounterModule), "counter.sys");
    private static readonly DriverImage s_copy = NativeModuleImage.Compile(typeof(CounterModule), "copy.sys");
    private static readonly byte[] s_sharedPath = Encoding.UTF8.GetBytes(@"BPF:\shared");

    private readonly EbpfMachine _machine = new();
    private readonly TestExtension _extension;

    public ModuleTests()
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
    public void A_module_is_authorised_loaded_and_its_programs_after_it()
    {
        string service = _machine.NewService(s_counter, s_id);
        User.Authorize(s_id, s_counter.Contents.Span).Expect(EbpfResult.Success);
        LoadNativeModuleReply module = User.LoadModule(service, s_id).Expect(EbpfResult.Success).As<LoadNativeModuleReply>();
        Assert.Equal((5ul, 2ul), (module.CountOfMaps, module.CountOfPrograms));
        Answer answer = User.LoadPrograms(s_id, CounterHandles).Expect(EbpfResult.Success);
        Assert.Equal((5ul, 2ul), (BitConverter.ToUInt64(answer.Bytes, 16), BitConverter.ToUInt64(answer.Bytes, 8)));
        NtHandle[] handles = answer.Handles();
        BpfMapInfo shared = MemoryMarshal.Read<BpfMapInfo>(User.Info(handles[4]).Bytes.AsSpan(12));
        Assert.Equal(("shared", 1u), (shared.Name.ToString(), shared.PinnedPathCount));
        BpfProgInfo program = User.ProgramInfo(handles[5]).Expect(EbpfResult.Success).AsProgramInfo();
        Assert.Equal(("Count", 2u), (program.Name.ToString(), program.NrMapIds));
        Answer query = User.Send(EbpfOperationId.QueryProgramInfo, new QueryProgramInfoRequest { Handle = handles[5] }, replyBytes: 64);
        Assert.Equal(EbpfCodeType.Native, query.Expect(EbpfResult.Success).As<QueryProgramInfoReply>().CodeType);
    }

    [Fact]
    public void The_replys_header_keeps_the_requests_length()
    {
        _machine.NewModule(s_counter, s_id);
        Assert.Equal(24, User.LoadPrograms(s_id, CounterHandles).Expect(EbpfResult.Success).Header.Length);
    }

    [Fact]
    public void Initial_values_are_in_their_maps()
    {
        _machine.NewModule(s_counter, s_id);
        NtHandle[] handles = User.LoadPrograms(s_id, CounterHandles).Expect(EbpfResult.Success).Handles();
        Assert.Equal(0u, IdAt(handles[1], 0));
        Assert.Equal(User.ProgramInfo(handles[6]).AsProgramInfo().Id, IdAt(handles[1], 1));
        Assert.NotEqual(0u, IdAt(handles[2], 0));
        Assert.Equal(0u, IdAt(handles[2], 1));
    }

    [Fact]
    public void Without_an_authorisation_the_module_is_not_there()
    {
        string service = _machine.NewService(s_counter, s_id);
        Answer answer = User.LoadModule(service, s_id).Expect(EbpfResult.ObjectNotFound);
        Assert.Equal(CheckTable.NativeAttachAuthorized.Id, answer.CheckId);
    }

    [Fact]
    public void Another_file_than_the_authorised_one_is_refused()
    {
        string service = _machine.NewService(s_counter, s_id);
        User.Authorize(s_id, [1, 2, 3]).Expect(EbpfResult.Success);
        Assert.Equal(CheckTable.NativeAttachHash.Id, User.LoadModule(service, s_id).Expect(EbpfResult.ObjectNotFound).CheckId);
    }

    [Fact]
    public void An_authorisation_lasts_ten_seconds_and_using_it_does_not_end_it()
    {
        User.Authorize(s_id, s_counter.Contents.Span).Expect(EbpfResult.Success);
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(9));
        User.Authorize(s_other, s_counter.Contents.Span).Expect(EbpfResult.Success);
        string first = _machine.NewService(s_counter, s_id);
        NtHandle module = User.LoadModule(first, s_id).Expect(EbpfResult.Success).As<LoadNativeModuleReply>().NativeModuleHandle;
        User.Close(module).Expect(EbpfResult.Success);
        module = User.LoadModule(first, s_id).Expect(EbpfResult.Success).As<LoadNativeModuleReply>().NativeModuleHandle;
        User.Close(module).Expect(EbpfResult.Success);
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(11));
        string second = _machine.NewService(s_counter, s_other);
        Assert.Equal(CheckTable.NativeAttachAuthorized.Id, User.LoadModule(second, s_other).Expect(EbpfResult.ObjectNotFound).CheckId);
    }

    [Fact]
    public void Authorising_takes_an_administrator()
    {
        EbpfUser plain = _machine.NewUser(new Nt.Ps.ProcessOptions { Administrator = false });
        Assert.NotEqual(NtStatus.Success, plain.OpenStatus);
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("\0and more")]
    public void A_services_name_ends_at_a_zero_and_its_case_does_not_matter(string rest)
    {
        string service = _machine.NewService(s_counter, s_id).ToUpperInvariant();
        User.Authorize(s_id, s_counter.Contents.Span).Expect(EbpfResult.Success);
        User.LoadModule(service + rest, s_id).Expect(EbpfResult.Success);
    }

    [Fact]
    public void A_name_of_an_odd_length_and_a_service_that_does_not_exist_are_refused()
    {
        User.Send(EbpfOperationId.LoadNativeModule, new LoadNativeModuleRequest { ModuleId = s_id }, [1, 0, 2], 32)
            .ExpectRefusal(CheckTable.NativeLoadName, 3, 2);
        User.LoadModule("nobody", s_id).ExpectRefusal(CheckTable.NativeModulePresent, 0, 1);
        User.LoadPrograms(s_id, 1).ExpectRefusal(CheckTable.NativeModulePresent, 0, 1);
    }

    [Fact]
    public void A_module_is_loaded_once_and_its_programs_once_after_it()
    {
        string service = _machine.NewService(s_counter, s_id);
        User.Authorize(s_id, s_counter.Contents.Span).Expect(EbpfResult.Success);
        _machine.InKernel(current => Assert.Equal(NtStatus.Success, _machine.Machine.Services.Start(current, service)));
        User.LoadPrograms(s_id, CounterHandles).ExpectRefusal(CheckTable.NativeProgramsState, 0, 2);
        User.LoadModule(service, s_id).Expect(EbpfResult.Success);
        User.LoadModule(service, s_id).ExpectRefusal(CheckTable.NativeLoadOnce, 2, 0);
        User.LoadPrograms(s_id, CounterHandles - 1).ExpectRefusal(CheckTable.NativeProgramsRoom, 72, 80);
        User.LoadPrograms(s_id, CounterHandles).Expect(EbpfResult.Success);
        User.LoadPrograms(s_id, CounterHandles).ExpectRefusal(CheckTable.NativeProgramsState, 4, 2);
        User.LoadModule(service, s_id).ExpectRefusal(CheckTable.NativeLoadOnce, 4, 0);
    }

    [Fact]
    public void Two_services_with_one_module_id_do_not_both_attach()
    {
        _machine.NewModule(s_counter, s_id);
        _machine.Machine.Images.Install(s_copy);
        Assert.Equal(NtStatus.Success, _machine.Machine.Services.Create("second", s_copy.Path, s_id));
        _machine.InKernel(current => Assert.Equal(NtStatus.Success, _machine.Machine.Services.Start(current, "second")));
        User.LoadPrograms(s_id, CounterHandles).Expect(EbpfResult.Success);
    }

    [Fact]
    public void Copies_of_one_image_stand_side_by_side()
    {
        _machine.NewModule(s_counter, s_id);
        _machine.NewModule(s_copy, s_other);
        NtHandle[] first = User.LoadPrograms(s_id, CounterHandles).Expect(EbpfResult.Success).Handles();
        NtHandle[] second = User.LoadPrograms(s_other, CounterHandles).Expect(EbpfResult.Success).Handles();
        Assert.NotEqual(User.ProgramInfo(first[5]).AsProgramInfo().Id, User.ProgramInfo(second[5]).AsProgramInfo().Id);
        Assert.NotEqual(MapId(first[0]), MapId(second[0]));
        Assert.Equal(MapId(first[4]), MapId(second[4]));
    }

    [Fact]
    public void When_nobody_needs_a_module_its_driver_goes()
    {
        NtHandle module = _machine.NewModule(s_counter, s_id);
        NtHandle[] handles = User.LoadPrograms(s_id, CounterHandles).Expect(EbpfResult.Success).Handles();
        User.Close(module).Expect(EbpfResult.Success);
        Array.ForEach(handles[..5], h => User.Close(h).Expect(EbpfResult.Success));
        User.Close(handles[5]).Expect(EbpfResult.Success);
        Settle();
        Assert.True(IsLoaded(s_id));
        User.Close(handles[6]).Expect(EbpfResult.Success);
        Settle();
        Assert.False(IsLoaded(s_id));
        User.Unpin(s_sharedPath).Expect(EbpfResult.Success);
        Settle();
        Assert.Equal(0, _machine.Driver.ObjectCount);
    }

    [Fact]
    public void A_module_goes_with_the_process_that_loaded_it()
    {
        EbpfUser user = _machine.NewUser();
        string service = _machine.NewService(s_counter, s_id);
        user.Authorize(s_id, s_counter.Contents.Span).Expect(EbpfResult.Success);
        user.LoadModule(service, s_id).Expect(EbpfResult.Success);
        user.LoadPrograms(s_id, CounterHandles).Expect(EbpfResult.Success);
        user.Process.Terminate(NtStatus.Success);
        Settle();
        Assert.False(IsLoaded(s_id));
        Assert.Equal(1, _machine.Driver.ObjectCount);
        User.LoadModule(service, s_id).Expect(EbpfResult.Success);
    }

    [Fact]
    public void A_pinned_program_keeps_its_module_until_the_driver_stops()
    {
        NtHandle module = _machine.NewModule(s_counter, s_id);
        NtHandle[] handles = User.LoadPrograms(s_id, CounterHandles).Expect(EbpfResult.Success).Handles();
        User.Pin(handles[6], "kept"u8).Expect(EbpfResult.Success);
        User.Close(module).Expect(EbpfResult.Success);
        Array.ForEach(handles, h => User.Close(h).Expect(EbpfResult.Success));
        Settle();
        Assert.True(IsLoaded(s_id));
    }

    [Fact]
    public void A_pinned_map_is_taken_over_with_what_is_in_it()
    {
        TestMap map = User.NewMap(BpfMapType.Array, maxEntries: 1, name: "shared");
        map.Update(map.Key(0), map.Value(5)).Expect(EbpfResult.Success);
        User.Pin(map.Handle, s_sharedPath).Expect(EbpfResult.Success);
        _machine.NewModule(s_counter, s_id);
        NtHandle[] handles = User.LoadPrograms(s_id, CounterHandles).Expect(EbpfResult.Success).Handles();
        Assert.Equal(MapId(map.Handle), MapId(handles[4]));
        Assert.Equal(map.Value(5), map.Find(map.Key(0)).Tail(8));
    }

    [Fact]
    public void A_pinned_map_that_is_not_as_declared_is_not_taken_over_and_stays()
    {
        TestMap map = User.NewMap(BpfMapType.Array, maxEntries: 3);
        User.Pin(map.Handle, s_sharedPath).Expect(EbpfResult.Success);
        _machine.NewModule(s_counter, s_id);
        User.LoadPrograms(s_id, CounterHandles).ExpectRefusal(CheckTable.NativeReuseMaxEntries, 3, 1);
        User.GetPinned(s_sharedPath).Expect(EbpfResult.Success);
        Settle();
        Assert.Equal(1, _machine.Driver.ObjectCount);
    }

    [Fact]
    public void What_fails_half_way_leaves_nothing_but_the_module()
    {
        int number = 0;
        foreach ((NativeModuleFile file, Check check) in Failing())
        {
            Guid id = Guid.Parse($"bbbbbbbb-0000-0000-0000-{++number:D12}");
            int handles = file.Maps.Count + file.Programs.Count;
            NtHandle module = _machine.NewModule(Image(file, $"failing{number}.sys"), id);
            Answer answer = User.LoadPrograms(id, handles).Expect(check.Result);
            Assert.Equal(check.Id, answer.CheckId);
            Settle();
            Assert.Equal(0, _machine.Driver.ObjectCount);
            User.GetPinned(s_sharedPath).Expect(EbpfResult.KeyNotFound);
            User.LoadPrograms(id, handles).ExpectRefusal(CheckTable.NativeProgramsState, 3, 2);
            User.Close(module).Expect(EbpfResult.Success);
            Settle();
            Assert.False(IsLoaded(id));
        }
    }

    [Fact]
    public void A_helper_of_number_0_keeps_a_place_for_another_program_and_is_not_looked_for()
    {
        NativeModuleFile counter = File();
        NativeProgramEntry program = counter.Programs[0];
        NativeModuleFile file = counter with { Programs = [program with { Helpers = [0, .. program.Helpers, 0] }, counter.Programs[1]] };
        _machine.NewModule(Image(file, "sparse.sys"), s_id);
        User.LoadPrograms(s_id, CounterHandles).Expect(EbpfResult.Success);
    }

    [Fact]
    public void Metadata_that_is_not_whole_is_refused_when_the_driver_attaches()
    {
        NativeModuleFile counter = File();
        (NativeModuleFile File, Check Check)[] rows =
        [
            (counter with { Bpf2cVersion = new Version(0, 20, 9) }, CheckTable.NativeAttachVersion),
            (counter with { Maps = [counter.Maps[0] with { Name = null }] }, CheckTable.NativeAttachMap),
            (counter with { Programs = [counter.Programs[0] with { Helpers = null! }, counter.Programs[1]] }, CheckTable.NativeAttachProgram),
            (counter with { Programs = [] }, CheckTable.NativeAttachProgram),
            (counter with { Bpf2cVersion = null! }, CheckTable.NativeAttachVersion),
            (counter with { Maps = null! }, CheckTable.NativeAttachMap),
            (counter with { Maps = [null!] }, CheckTable.NativeAttachMap),
            (counter with { Programs = null! }, CheckTable.NativeAttachProgram),
            (counter with { Programs = [null!, counter.Programs[1]] }, CheckTable.NativeAttachProgram),
            (counter with { Programs = [counter.Programs[0] with { Maps = null! }, counter.Programs[1]] }, CheckTable.NativeAttachProgram),
            (counter with { InitialValues = null! }, CheckTable.NativeAttachValues),
            (counter with { InitialValues = [null!] }, CheckTable.NativeAttachValues),
            (counter with { InitialValues = [new NativeInitialValues(null!, ["Row"])] }, CheckTable.NativeAttachValues),
            (counter with { InitialValues = [new NativeInitialValues("Next", null!)] }, CheckTable.NativeAttachValues),
        ];
        for (int i = 0; i < rows.Length; i++)
        {
            Guid id = Guid.Parse($"cccccccc-0000-0000-0000-{i:D12}");
            DriverImage image = Image(rows[i].File, $"broken{i}.sys");
            string service = _machine.NewService(image, id);
            User.Authorize(id, image.Contents.Span).Expect(EbpfResult.Success);
            Assert.Equal(rows[i].Check.Id, User.LoadModule(service, id).Expect(EbpfResult.ObjectNotFound).CheckId);
        }
    }

    private static NativeModuleFile File() => NativeModuleFile.TryParse(s_counter.Contents.Span)!;

    private static DriverImage Image(NativeModuleFile file, string path) =>
        NativeModuleImage.Build(path, file, [CounterModule.Count, CounterModule.CountMore]);

    private static IEnumerable<(NativeModuleFile File, Check Check)> Failing()
    {
        NativeModuleFile counter = File();
        NativeProgramEntry program = counter.Programs[0];
        NativeModuleFile With(NativeProgramEntry changed) => counter with { Programs = [changed, counter.Programs[1]] };
        yield return (With(program with { Name = "" }), CheckTable.NativeProgramName);
        yield return (With(program with { Section = new string('s', 64) }), CheckTable.NativeProgramSection);
        yield return (With(program with { Maps = [5] }), CheckTable.NativeProgramMap);
        yield return (With(program with { Helpers = [1, 1000] }), CheckTable.ResolveHelperKnown);
        yield return (With(program with { ProgramInfoHash = new string('0', 64) }), CheckTable.ProgramInfoHash);
        yield return (With(program with { ProgramType = ProgramTypeTable.Xdp }), CheckTable.ProgramCreateProvider);
        yield return (counter with { InitialValues = [new("Nobody", ["Row"])] }, CheckTable.NativeValuesMap);
        yield return (counter with { InitialValues = [new("Table", [null, "Nobody"])] }, CheckTable.NativeValuesName);
        yield return (counter with { InitialValues = [new("counts", ["Row"])] }, CheckTable.NativeValuesType);
        yield return (WithMap(counter, 4, m => m with { Pinning = EbpfPinType.None, MaxEntries = 0 }), CheckTable.MapCreateMaxEntries);
        yield return (WithMap(counter, 0, m => m with { Pinning = (EbpfPinType)2 }), CheckTable.NativeMapPinning);
        yield return (WithMap(counter, 4, m => m with { Name = "a:b" }), CheckTable.NativeMapPinPath);
        yield return (WithMap(counter, 2, m => m with { InnerMap = null }), CheckTable.NativeMapTemplate);
        yield return (WithMap(counter, 2, m => m with { InnerMap = "Table" }), CheckTable.NativeMapTemplate);
    }

    private static NativeModuleFile WithMap(NativeModuleFile file, int index, Func<NativeMapEntry, NativeMapEntry> change) =>
        file with { Maps = [.. file.Maps.Select((m, i) => i == index ? change(m) : m)] };

    private bool IsLoaded(Guid id) => _machine.Machine.Nmr.Modules.Any(m => m.ModuleId == id);

    private uint MapId(NtHandle map) => BitConverter.ToUInt32(User.Info(map).Expect(EbpfResult.Success).Bytes, 12);

    private uint IdAt(NtHandle map, uint index)
    {
        Answer answer = User.Send(
            EbpfOperationId.MapFindElement, new MapFindElementRequest { Handle = map }, BitConverter.GetBytes(index), 8 + 4);
        return answer.Status.IsSuccess ? BitConverter.ToUInt32(answer.Bytes, 8) : 0;
    }

    private void Settle() => _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
}
