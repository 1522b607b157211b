using KernelSim.Nt.Ex;
using KernelSim.Nt.Ob;

namespace KernelSim.Nt.Tests.Ob;

public sealed class ObObjectTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void It_is_born_with_one_reference_and_destroyed_once_with_the_last()
    {
        Thing thing = new(_machine);
        Assert.Equal(1, thing.ReferenceCount);
        thing.Reference();
        thing.Dereference();
        Assert.Equal(0, thing.Destroyed);
        Assert.Equal(1, _machine.Objects.LiveObjects["Thing"]);
        thing.Dereference();
        Assert.Equal(1, thing.Destroyed);
        Assert.DoesNotContain("Thing", _machine.Objects.LiveObjects.Keys);
    }

    [Fact]
    public void A_reference_to_one_that_has_gone_stops_the_machine()
    {
        Thing thing = new(_machine);
        thing.Dereference();
        Assert.False(thing.TryReference());
        Assert.Equal(BugcheckCode.ReferenceByPointer, Stop.By(_machine, thing.Reference).Code);
    }

    [Fact]
    public void One_reference_dropped_too_many_stops_the_machine()
    {
        Thing thing = new(_machine);
        thing.Dereference();
        Assert.Equal(BugcheckCode.ReferenceByPointer, Stop.By(_machine, thing.Dereference).Code);
        Assert.Equal(1, thing.Destroyed);
    }

    [Fact]
    public void While_it_lives_a_reference_may_be_tried()
    {
        Thing thing = new(_machine);
        Assert.True(thing.TryReference());
        Assert.Equal(2, thing.ReferenceCount);
    }

    [Fact]
    public void Threads_that_refer_and_drop_destroy_it_once()
    {
        Thing thing = new(_machine);
        HostThread[] threads = [.. Enumerable.Range(0, 3).Select(_ => HostThread.Run(() =>
        {
            for (int i = 0; i < 10_000 && thing.TryReference(); i++)
            {
                thing.Dereference();
            }
        }))];
        thing.Dereference();
        Array.ForEach(threads, t => t.Join());
        Assert.Equal(1, thing.Destroyed);
        Assert.Equal(0, thing.ReferenceCount);
    }

    [Fact]
    public void Each_closed_handle_tells_how_many_remain()
    {
        Thing thing = new(_machine);
        HandleTable handles = _machine.Processes.Create().Handles;
        handles.Insert(thing, out var a);
        handles.Insert(thing, out var b);
        handles.Close(a);
        handles.Close(b);
        Assert.Equal([1, 0], thing.Remaining);
    }

    [Fact]
    public void What_lives_at_shutdown_is_reported_by_type()
    {
        _ = new Thing(_machine);
        _ = new Thing(_machine);
        _ = new ExEvent(_machine, manualReset: true, initialState: false);
        Assert.Equal(["object 'Event': 1 live", "object 'Thing': 2 live"], _machine.Shutdown().Leaks);
    }

    private sealed class Thing(Machine machine) : ObObject(machine, "Thing")
    {
        public int Destroyed { get; private set; }

        public List<long> Remaining { get; } = [];

        protected override void Destroy() => Destroyed++;

        protected override void HandleClosed(long remainingHandles) => Remaining.Add(remainingHandles);
    }
}
