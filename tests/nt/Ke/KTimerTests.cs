using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Tests.Ke;

public sealed class KTimerTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot();
    private readonly List<string> _fired = [];

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void It_fires_when_its_time_has_come_and_not_before()
    {
        KTimer timer = new(_machine);
        Assert.False(timer.Set(TimeSpan.FromMilliseconds(5), Dpc("a"), 1));

        _machine.Clock.Advance(TimeSpan.FromTicks(TimeSpan.TicksPerMillisecond * 5 - 1));
        Assert.Empty(_fired);
        Assert.True(timer.IsSet);

        _machine.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["a 5ms cpu 1"], _fired);
        Assert.False(timer.IsSet);

        _machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(_fired);
    }

    [Fact]
    public void Those_that_are_due_fire_in_order_of_time_then_of_setting_each_at_its_own_time()
    {
        new KTimer(_machine).Set(TimeSpan.FromMilliseconds(3), Dpc("c"), 0);
        new KTimer(_machine).Set(TimeSpan.FromMilliseconds(1), Dpc("a"), 0);
        new KTimer(_machine).Set(TimeSpan.FromMilliseconds(1), Dpc("b"), 0);
        _machine.Clock.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(["a 1ms cpu 0", "b 1ms cpu 0", "c 3ms cpu 0"], _fired);
        Assert.Equal(10ul * TimeSpan.TicksPerMillisecond, _machine.Clock.InterruptTime);
    }

    [Fact]
    public void One_that_is_cancelled_does_not_fire()
    {
        KTimer timer = new(_machine);
        timer.Set(TimeSpan.FromMilliseconds(1), Dpc("a"), 0);
        Assert.True(timer.Cancel());
        Assert.False(timer.Cancel());
        _machine.Clock.Advance(TimeSpan.FromMilliseconds(2));
        Assert.Empty(_fired);
    }

    [Fact]
    public void Cancelling_one_that_has_fired_says_so()
    {
        KTimer timer = new(_machine);
        timer.Set(TimeSpan.Zero, Dpc("a"), 0);
        _machine.Clock.Advance(TimeSpan.Zero);
        Assert.Single(_fired);
        Assert.False(timer.Cancel());
    }

    [Fact]
    public void Setting_one_again_forgets_the_time_before()
    {
        KTimer timer = new(_machine);
        timer.Set(TimeSpan.FromMilliseconds(1), Dpc("a"), 0);
        Assert.True(timer.Set(TimeSpan.FromMilliseconds(4), Dpc("b"), 0));
        _machine.Clock.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(["b 4ms cpu 0"], _fired);
    }

    [Fact]
    public void A_periodic_one_fires_until_it_is_cancelled()
    {
        KTimer timer = new(_machine);
        timer.Set(TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(3), Dpc("p"), 0);
        _machine.Clock.Advance(TimeSpan.FromMilliseconds(9));
        Assert.Equal(["p 2ms cpu 0", "p 5ms cpu 0", "p 8ms cpu 0"], _fired);
        Assert.True(timer.Cancel());
        _machine.Clock.Advance(TimeSpan.FromMilliseconds(9));
        Assert.Equal(3, _fired.Count);
    }

    [Fact]
    public void A_timer_set_while_time_moves_fires_in_the_same_move_if_it_is_due()
    {
        KTimer second = new(_machine);
        KDpc then = Dpc("second");
        KDpc first = new(_machine, _ => second.Set(TimeSpan.FromMilliseconds(2), then, 0));
        new KTimer(_machine).Set(TimeSpan.FromMilliseconds(1), first, 0);
        _machine.Clock.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(["second 3ms cpu 0"], _fired);
    }

    [Fact]
    public void Every_system_call_moves_time_by_one_microsecond_and_fires_what_is_due()
    {
        PsProcess process = _machine.Processes.Create();
        new KTimer(_machine).Set(TimeSpan.FromMicroseconds(2), Dpc("t"), 0);
        Assert.Equal(NtStatus.InvalidHandle, process.Gate.NtClose(0, new NtHandle(4)));
        Assert.Equal(10ul, _machine.Clock.InterruptTime);
        Assert.Empty(_fired);
        process.Gate.NtClose(0, new NtHandle(4));
        Assert.Single(_fired);
    }

    [Fact]
    public void Time_does_not_move_backwards_nor_are_timers_set_into_the_past()
    {
        KTimer timer = new(_machine);
        Assert.Throws<ArgumentOutOfRangeException>(() => _machine.Clock.Advance(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => timer.Set(TimeSpan.FromTicks(-1), Dpc("a"), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => timer.Set(TimeSpan.Zero, Dpc("a"), 4));
    }

    private KDpc Dpc(string name) => new(
        _machine, t => _fired.Add($"{name} {_machine.Clock.InterruptTime / TimeSpan.TicksPerMillisecond}ms cpu {t.ProcessorNumber}"));
}
