using KernelSim.Nt.Ex;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ob;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Tests.Ob;

public sealed class HandleTableTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot();
    private readonly ExEvent _event;

    public HandleTableTests()
    {
        _event = new ExEvent(_machine, manualReset: true, initialState: false);
    }

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Handles_are_multiples_of_four_from_four_on()
    {
        HandleTable handles = NewTable();
        Assert.Equal([4, 8, 12], Enumerable.Range(0, 3).Select(_ => Insert(handles).Value));
        Assert.Equal(3, handles.Count);
    }

    [Fact]
    public void Dense_handles_count_from_one_lowest_free_number_first()
    {
        HandleTable handles = NewTable(dense: true);
        Assert.Equal([1, 2, 3, 4], Enumerable.Range(0, 4).Select(_ => Insert(handles).Value));
        handles.Close(new NtHandle(3));
        handles.Close(new NtHandle(2));
        Assert.Equal([2, 3, 5], Enumerable.Range(0, 3).Select(_ => Insert(handles).Value));
    }

    [Fact]
    public void A_dense_table_holds_1024()
    {
        HandleTable handles = NewTable(dense: true);
        for (int i = 1; i <= 1024; i++)
        {
            Assert.Equal(i, Insert(handles).Value);
        }

        Assert.Equal(NtStatus.InsufficientResources, handles.Insert(_event, out NtHandle none));
        Assert.Equal(NtHandle.Invalid, none);
        Assert.Equal(1025, _event.ReferenceCount);
        Assert.Equal(1024, _event.HandleCount);
        handles.Close(new NtHandle(500));
        Assert.Equal(500, Insert(handles).Value);
    }

    [Fact]
    public void A_stale_handle_is_not_the_one_that_took_its_place()
    {
        HandleTable handles = NewTable();
        NtHandle first = Insert(handles);
        Assert.Equal(NtStatus.Success, handles.Close(first));
        NtHandle second = Insert(handles);
        Assert.NotEqual(first, second);
        Assert.Equal(NtStatus.InvalidHandle, handles.Reference(first, out ExEvent? _));
        Assert.Equal(NtStatus.InvalidHandle, handles.Close(first));
        Assert.Equal(NtStatus.Success, handles.Close(second));
    }

    [Fact]
    public void Of_the_free_numbers_the_one_free_longest_is_used_first()
    {
        HandleTable handles = NewTable();
        NtHandle[] first = [.. Enumerable.Range(0, 4).Select(_ => Insert(handles))];
        NtHandle stale = first[0];
        Array.ForEach(first, h => handles.Close(h));
        for (int i = 0; i < 1000; i++)
        {
            NtHandle next = Insert(handles);
            Assert.NotEqual(stale, next);
            handles.Close(next);
        }

        Assert.Equal(NtStatus.InvalidHandle, handles.Reference(stale, out ExEvent? _));
    }

    [Fact]
    public void A_look_up_hands_out_a_reference()
    {
        HandleTable handles = NewTable();
        NtHandle handle = Insert(handles);
        Assert.Equal(2, _event.ReferenceCount);
        Assert.Equal(NtStatus.Success, handles.Reference(handle, out ExEvent? found));
        Assert.Same(_event, found);
        Assert.Equal(3, _event.ReferenceCount);
        handles.Close(handle);
        Assert.Equal(2, _event.ReferenceCount);
        found!.Dereference();
        Assert.Equal(1, _event.ReferenceCount);
    }

    [Fact]
    public void What_a_system_call_borrows_counts_as_a_reference_and_keeps_the_object_after_its_handle()
    {
        HandleTable handles = NewTable();
        ExEvent mine = new(_machine, manualReset: true, initialState: false);
        handles.Insert(mine, out NtHandle handle);
        mine.Dereference();
        using KernelScope scope = _machine.EnterKernel();
        Assert.Equal(NtStatus.Success, handles.Borrow(scope.Thread, handle, out ExEvent? found));
        Assert.Equal(2, mine.ReferenceCount);
        Assert.Equal(NtStatus.Success, handles.Borrow(scope.Thread, handle, out ExEvent? again));
        Assert.Equal(3, mine.ReferenceCount);
        handles.Close(handle);
        Assert.Equal(2, mine.ReferenceCount);
        Assert.Equal(NtStatus.InvalidHandle, handles.Borrow(scope.Thread, handle, out ExEvent? _));
        HandleTable.Return(scope.Thread, found!);
        Assert.Equal(2, _machine.Objects.LiveObjects["Event"]);
        HandleTable.Return(scope.Thread, again!);
        Assert.Equal(1, _machine.Objects.LiveObjects["Event"]);
        KeThread current = scope.Thread;
        Assert.Equal(BugcheckCode.ReferenceByPointer, Stop.By(_machine, () => HandleTable.Return(current, found!)).Code);
    }

    [Fact]
    public void An_object_dereferenced_once_too_often_outlives_what_was_borrowed_and_its_handle_stops_the_machine()
    {
        HandleTable handles = NewTable();
        NtHandle handle = Insert(handles);
        using KernelScope scope = _machine.EnterKernel();
        handles.Borrow(scope.Thread, handle, out ExEvent? found);
        _event.Dereference();
        _event.Dereference();
        Assert.Equal(1, _machine.Objects.LiveObjects["Event"]);
        HandleTable.Return(scope.Thread, found!);
        Assert.DoesNotContain("Event", _machine.Objects.LiveObjects.Keys);
        KeThread current = scope.Thread;
        Assert.Equal(BugcheckCode.ReferenceByPointer, Stop.By(_machine, () => handles.Borrow(current, handle, out ExEvent? _)).Code);
    }

    [Fact]
    public void A_borrowed_object_of_another_type_is_a_mismatch_and_keeps_its_references()
    {
        HandleTable handles = NewTable();
        using KernelScope scope = _machine.EnterKernel();
        Assert.Equal(NtStatus.ObjectTypeMismatch, handles.Borrow(scope.Thread, Insert(handles), out FileObject? none));
        Assert.Null(none);
        Assert.Equal(2, _event.ReferenceCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-4)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(4L << 32)]
    [InlineData(4L + (1L << 40))]
    public void What_is_no_handle_is_invalid(long value)
    {
        HandleTable handles = NewTable();
        Insert(handles);
        Assert.Equal(NtStatus.InvalidHandle, handles.Reference(new NtHandle(value), out ExEvent? none));
        Assert.Null(none);
        Assert.Equal(NtStatus.InvalidHandle, handles.Close(new NtHandle(value)));
    }

    [Fact]
    public void A_handle_of_another_type_is_a_mismatch_and_keeps_its_references()
    {
        HandleTable handles = NewTable();
        Assert.Equal(NtStatus.ObjectTypeMismatch, handles.Reference(Insert(handles), out FileObject? none));
        Assert.Null(none);
        Assert.Equal(2, _event.ReferenceCount);
    }

    [Fact]
    public void A_handle_means_nothing_in_another_process()
    {
        NtHandle handle = Insert(NewTable());
        Assert.Equal(NtStatus.InvalidHandle, NewTable().Reference(handle, out ExEvent? _));
    }

    [Fact]
    public void The_object_goes_when_the_last_handle_closes_and_nobody_refers_to_it()
    {
        HandleTable handles = NewTable();
        ExEvent mine = new(_machine, manualReset: true, initialState: false);
        Assert.Equal(2, _machine.Objects.LiveObjects["Event"]);
        handles.Insert(mine, out NtHandle a);
        handles.Insert(mine, out NtHandle b);
        mine.Dereference();
        handles.Close(a);
        Assert.Equal(2, _machine.Objects.LiveObjects["Event"]);
        handles.Close(b);
        Assert.Equal(1, _machine.Objects.LiveObjects["Event"]);
    }

    [Fact]
    public void A_process_that_ends_closes_its_handles_and_takes_no_more()
    {
        PsProcess process = _machine.Processes.Create();
        Insert(process.Handles);
        Insert(process.Handles);
        process.Terminate(NtStatus.Success);
        Assert.Equal(0, process.Handles.Count);
        Assert.Equal(1, _event.ReferenceCount);
        Assert.Equal(NtStatus.ProcessIsTerminating, process.Handles.Insert(_event, out _));
        Assert.Equal(1, _event.ReferenceCount);
    }

    [Fact]
    public void Look_ups_race_with_closing_without_touching_what_has_gone()
    {
        HandleTable handles = NewTable();
        bool over = false;
        NtHandle shared = default;
        HostThread closer = HostThread.Run(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                ExEvent fresh = new(_machine, manualReset: true, initialState: false);
                handles.Insert(fresh, out shared);
                fresh.Dereference();
                Assert.Equal(NtStatus.Success, handles.Close(shared));
            }

            Volatile.Write(ref over, true);
        });
        while (!Volatile.Read(ref over))
        {
            if (handles.Reference(shared, out ExEvent? found).IsSuccess)
            {
                found!.Event.Set();
                found.Dereference();
            }
        }

        closer.Join();
        Assert.Equal(1, _machine.Objects.LiveObjects["Event"]);
    }

    private HandleTable NewTable(bool dense = false) => _machine.Processes.Create(new ProcessOptions { DenseHandles = dense }).Handles;

    private NtHandle Insert(HandleTable handles)
    {
        Assert.Equal(NtStatus.Success, handles.Insert(_event, out NtHandle handle));
        return handle;
    }
}
