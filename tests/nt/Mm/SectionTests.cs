using KernelSim.Nt.Mm;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Tests.Mm;

public sealed unsafe class SectionTests : IDisposable
{
    private const uint Length = 2 * MmSection.PageBytes;
    private static readonly PoolTag s_tag = new("Sect");

    private readonly Machine _machine = Machine.Boot(new MachineOptions { PoolLimit = 1 << 20 });
    private readonly PsProcess _process;

    public SectionTests()
    {
        _process = _machine.Processes.Create();
    }

    private ISystemGate Gate => _process.Gate;

    public void Dispose()
    {
        ShutdownReport report = _machine.Shutdown();
        _machine.Dispose();
        Assert.Empty(report.Leaks);
    }

    [Fact]
    public void Its_pages_are_zero_and_count_as_pool_until_the_last_reference_goes()
    {
        MmSection section = Create();
        Assert.Equal(-1, new Span<byte>(section.Memory, (int)Length).IndexOfAnyExcept((byte)0));
        Assert.Equal((Length, 1), _machine.Pool.Usage(s_tag));
        Assert.True(section.SystemAddress >= 0xFFFF_8000_0000_0000);
        section.Dereference();
        Assert.Equal((0, 0), _machine.Pool.Usage(s_tag));
    }

    [Fact]
    public void Beyond_the_limit_of_pool_there_is_none()
    {
        Assert.Null(MmSection.Create(_machine, 2 << 20, PageProtection.ReadWrite, s_tag));
        Assert.Equal((0, 0), _machine.Pool.Usage(s_tag));
    }

    [Fact]
    public void A_length_that_is_no_number_of_pages_is_the_driver_s_mistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MmSection.Create(_machine, 0, PageProtection.ReadWrite, s_tag));
        Assert.Throws<ArgumentOutOfRangeException>(() => MmSection.Create(_machine, 100, PageProtection.ReadWrite, s_tag));
    }

    [Fact]
    public void Kernel_and_process_see_each_other_s_writes_at_once()
    {
        MmSection section = Create();
        UserRange view = Map(Handle(section), MemoryAccess.Write);
        Assert.Equal(Length, view.Length);
        Assert.Equal(0u, view.Address % MmSection.PageBytes);
        section.Memory[5000] = 42;
        Assert.Equal(42, Access(view.Address + 5000, MemoryAccess.Read)[0]);
        Access(view.Address, MemoryAccess.Write)[0] = 43;
        Assert.Equal(43, section.Memory[0]);
        section.Dereference();
    }

    [Fact]
    public void Two_processes_share_the_same_bytes()
    {
        MmSection section = Create();
        PsProcess other = _machine.Processes.Create();
        UserRange mine = Map(Handle(section), MemoryAccess.Write);
        Assert.Equal(NtStatus.Success, other.Handles.Insert(section, out NtHandle handle));
        Assert.Equal(NtStatus.Success, other.Gate.NtMapViewOfSection(0, handle, MemoryAccess.Read, out UserRange theirs));
        Access(mine.Address + 7, MemoryAccess.Write)[0] = 9;
        Assert.Equal(9, other.Memory.Access(theirs.Address + 7, 1, MemoryAccess.Read, "test")[0]);
        section.Dereference();
    }

    [Fact]
    public void A_write_into_a_view_for_reading_faults()
    {
        MmSection section = Create();
        UserRange view = Map(Handle(section), MemoryAccess.Read);
        Access(view.Address, MemoryAccess.Read);
        Assert.False(Gate.Memory.TryAccess(view.Address, 1, MemoryAccess.Write, "test", out _, out AccessViolation violation));
        Assert.Equal((MemoryAccess.Write, view.Address), (violation.Access, violation.Address));
        Assert.Throws<AccessViolationFault>(() => Access(view.Address, MemoryAccess.Write));
        section.Dereference();
    }

    [Fact]
    public void A_section_for_reading_gives_no_view_for_writing_and_its_views_cannot_be_made_writable()
    {
        MmSection section = Create(PageProtection.ReadOnly);
        NtHandle handle = Handle(section);
        Assert.Equal(NtStatus.AccessDenied, Gate.NtMapViewOfSection(0, handle, MemoryAccess.Write, out UserRange none));
        Assert.True(none.IsNull);
        UserRange view = Map(handle, MemoryAccess.Read);
        Assert.False(_process.Memory.Protect(view.Address, view.Length, PageProtection.ReadWrite));
        Assert.False(Gate.Memory.TryAccess(view.Address, 1, MemoryAccess.Write, "test", out _, out _));
        Assert.Equal(0, section.ViewCount - 1);
        section.Dereference();
    }

    [Fact]
    public void Past_its_end_a_view_faults()
    {
        MmSection section = Create();
        UserRange view = Map(Handle(section), MemoryAccess.Write);
        Assert.False(Gate.Memory.TryAccess(view.End - 4, 8, MemoryAccess.Read, "test", out _, out AccessViolation violation));
        Assert.Equal(view.End, violation.Address);
        section.Dereference();
    }

    [Fact]
    public void Only_a_handle_of_a_section_can_be_mapped()
    {
        Assert.Equal(NtStatus.InvalidHandle, Gate.NtMapViewOfSection(0, new NtHandle(0x444), MemoryAccess.Read, out _));
        Gate.NtCreateEvent(0, manualReset: true, initialState: false, out NtHandle @event);
        Assert.Equal(NtStatus.ObjectTypeMismatch, Gate.NtMapViewOfSection(0, @event, MemoryAccess.Read, out _));
    }

    [Fact]
    public void A_view_outlives_handle_and_driver_s_reference()
    {
        MmSection section = Create();
        section.Memory[1] = 17;
        NtHandle handle = Handle(section);
        UserRange view = Map(handle, MemoryAccess.Read);
        section.Dereference();
        Gate.NtClose(0, handle);
        Assert.Equal(17, Access(view.Address + 1, MemoryAccess.Read)[0]);
        Assert.Equal(1, _machine.Objects.LiveObjects["Section"]);

        Assert.Equal(NtStatus.Success, Gate.NtUnmapViewOfSection(0, view.Address));
        Assert.False(_machine.Objects.LiveObjects.ContainsKey("Section"));
        Assert.Equal((0, 0), _machine.Pool.Usage(s_tag));
    }

    [Fact]
    public void An_unmapped_view_faults_but_a_call_that_has_it_in_hand_goes_on()
    {
        MmSection section = Create();
        UserRange view = Map(Handle(section), MemoryAccess.Write);
        section.Dereference();
        Assert.True(Gate.BeginCall(out ulong call));
        Span<byte> bytes = Access(view.Address, MemoryAccess.Write);
        bytes[0] = 3;
        Assert.Equal(NtStatus.Success, Gate.NtUnmapViewOfSection(0, view.Address + 10));
        Assert.False(Gate.Memory.TryAccess(view.Address, 1, MemoryAccess.Read, "test", out _, out _));
        Assert.Equal(3, bytes[0]);
        Assert.Equal(1, section.ViewCount);
        Gate.EndCall(call);
        Assert.Equal(0, section.ViewCount);
    }

    [Fact]
    public void What_is_no_view_cannot_be_unmapped_and_a_view_is_not_freed_as_a_region()
    {
        Assert.Equal(NtStatus.NotMappedView, Gate.NtUnmapViewOfSection(0, 0x1000));
        ulong region = _process.Memory.AllocateRegion(4096, PageProtection.ReadWrite);
        Assert.Equal(NtStatus.NotMappedView, Gate.NtUnmapViewOfSection(0, region));
        MmSection section = Create();
        UserRange view = Map(Handle(section), MemoryAccess.Read);
        Assert.False(_process.Memory.FreeRegion(view.Address));
        Assert.True(_process.Memory.FreeRegion(region));
        section.Dereference();
    }

    [Fact]
    public void The_end_of_a_process_unmaps_its_views()
    {
        MmSection section = Create();
        Map(Handle(section), MemoryAccess.Write);
        Map(Handle(section), MemoryAccess.Read);
        Assert.Equal(2, section.ViewCount);
        _process.Terminate(NtStatus.Unsuccessful);
        Assert.Equal((0, 1L), (section.ViewCount, section.ReferenceCount));
        section.Dereference();
    }

    [Fact]
    public void A_machine_that_is_disposed_keeps_the_bytes_for_a_call_in_progress()
    {
        Machine machine = Machine.Boot();
        PsProcess process = machine.Processes.Create();
        MmSection section = MmSection.Create(machine, Length, PageProtection.ReadWrite, s_tag)!;
        process.Handles.Insert(section, out NtHandle handle);
        process.Gate.NtMapViewOfSection(0, handle, MemoryAccess.Write, out UserRange view);
        Assert.True(process.Gate.BeginCall(out ulong call));
        Span<byte> bytes = process.Memory.Access(view.Address, 8, MemoryAccess.Write, "test");
        machine.Dispose();
        bytes.Fill(1);
        Assert.Equal(8, bytes.Count((byte)1));
        process.Gate.EndCall(call);
        Assert.Equal(0, section.ViewCount);
    }

    [Fact]
    public void Events_are_set_and_cleared_by_handle()
    {
        Gate.NtCreateEvent(0, manualReset: true, initialState: false, out NtHandle @event);
        Assert.Equal(NtStatus.Timeout, Gate.NtWaitForSingleObject(0, @event, TimeSpan.Zero));
        Assert.Equal(NtStatus.Success, Gate.NtSetEvent(0, @event));
        Assert.Equal(NtStatus.Success, Gate.NtWaitForSingleObject(0, @event, TimeSpan.Zero));
        Assert.Equal(NtStatus.Success, Gate.NtClearEvent(0, @event));
        Assert.Equal(NtStatus.Timeout, Gate.NtWaitForSingleObject(0, @event, TimeSpan.Zero));
        Assert.Equal(NtStatus.InvalidHandle, Gate.NtSetEvent(0, new NtHandle(0x444)));
        Gate.NtClose(0, @event);
        Assert.Equal(NtStatus.InvalidHandle, Gate.NtClearEvent(0, @event));
    }

    private MmSection Create(PageProtection maximum = PageProtection.ReadWrite) => MmSection.Create(_machine, Length, maximum, s_tag)!;

    private NtHandle Handle(MmSection section)
    {
        Assert.Equal(NtStatus.Success, _process.Handles.Insert(section, out NtHandle handle));
        return handle;
    }

    private UserRange Map(NtHandle handle, MemoryAccess access)
    {
        Assert.Equal(NtStatus.Success, Gate.NtMapViewOfSection(0, handle, access, out UserRange view));
        return view;
    }

    private Span<byte> Access(ulong address, MemoryAccess access) => Gate.Memory.Access(address, 1, access, "test");
}
