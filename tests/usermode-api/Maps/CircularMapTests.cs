using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Maps;

public class CircularMapTests
{
    [Fact]
    public void A_queue_gives_the_oldest_first()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        using QueueMap<Twelve> queue = session.CreateQueueMap<Twelve>("q", 3);
        Use(queue, [2, 3, 4]);
        using QueueMap<Twelve> again = session.OpenQueueMap<Twelve>(2);
        Assert.True(again.TryPush(new Twelve { Packets = 9 }));
        Assert.True(queue.TryPeek(out Twelve seen));
        Assert.Equal(9u, seen.Packets);
        Assert.Equal(("map 'q' (queue)", 0, 3u), (queue.ToString(), queue.KeySize, queue.MaxEntries));
    }

    [Fact]
    public void A_stack_gives_the_newest_first()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        using StackMap<Twelve> stack = session.CreateStackMap<Twelve>("s", 3);
        Use(stack, [4, 3, 2]);
        using StackMap<Twelve> again = session.OpenStackMap<Twelve>(2);
        Assert.False(again.TryPop(out _));
    }

    [Fact]
    public void A_map_of_another_type_or_value_is_not_opened()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        using QueueMap<ulong> queue = session.CreateQueueMap<ulong>("q", 3);
        Assert.Equal("typed.open.type", Assert.Throws<BpfException>(() => session.OpenStackMap<ulong>(2)).Check!.Id);
        Assert.Equal("typed.open.value_size", Assert.Throws<BpfException>(() => session.OpenQueueMap<uint>(2)).Check!.Id);
        Assert.Equal("map.create.max_entries", Assert.Throws<BpfException>(() => session.CreateQueueMap<ulong>("none", 0)).Check!.Id);
    }

    [Fact]
    public void After_the_process_has_ended_every_call_says_so()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        using QueueMap<ulong> queue = session.CreateQueueMap<ulong>("q", 3);
        lab.Process.Terminate(NtStatus.Success);
        Assert.Throws<ProcessExitedException>(() => queue.TryPush(1));
        Assert.Throws<ProcessExitedException>(() => queue.PushDroppingOldest(1));
        Assert.Throws<ProcessExitedException>(() => queue.TryPop(out _));
        Assert.Throws<ProcessExitedException>(() => queue.TryPeek(out _));
    }

    [Fact]
    public void Pushing_and_popping_makes_no_garbage()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        using StackMap<ulong> stack = session.CreateStackMap<ulong>("s", 3);
        PushAndPop(stack);
        long before = GC.GetAllocatedBytesForCurrentThread();
        PushAndPop(stack);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void PushAndPop(StackMap<ulong> stack)
    {
        for (ulong i = 0; i < 100; i++)
        {
            stack.TryPush(i);
            stack.TryPeek(out _);
            stack.TryPop(out _);
        }
    }

    private static void Use(CircularMap<Twelve> map, uint[] order)
    {
        Assert.False(map.TryPeek(out _));
        Assert.False(map.TryPop(out _));
        for (uint i = 1; i <= 3; i++)
        {
            Assert.True(map.TryPush(new Twelve { Packets = i }));
        }

        Assert.False(map.TryPush(new Twelve { Packets = 4 }));
        map.PushDroppingOldest(new Twelve { Packets = 4 });
        foreach (uint expected in order)
        {
            Assert.True(map.TryPeek(out Twelve seen));
            Assert.True(map.TryPop(out Twelve popped));
            Assert.Equal((expected, expected), (seen.Packets, popped.Packets));
        }

        Assert.False(map.TryPop(out _));
    }
}
