using KernelSim.Tool.Lab.Grading.Programs;
using KernelSim.Tool.Lab.Labs.PerCpu;

namespace KernelSim.EndToEnd.Tests.Lab;

/// <summary>Programs that are stopped between two of their steps while another run of them goes from its beginning to its end.</summary>
public sealed class SteppedProgramTests
{
    private static readonly CountedPacket s_first = new(0, 40);
    private static readonly CountedPacket s_second = new(1, 100);

    [Fact]
    public void A_plain_addition_loses_the_packet_that_comes_after_its_read_and_always_at_the_same_steps()
    {
        int[] losses = Losses(typeof(StepCounters.Plain), out int steps);

        Assert.NotEmpty(losses);
        Assert.True(losses.Length < steps);
        Assert.Equal(losses, Losses(typeof(StepCounters.Plain), out _));
    }

    [Theory]
    [InlineData(typeof(StepCounters.Atomic))]
    [InlineData(typeof(StepCounters.Retrying))]
    [InlineData(typeof(StepCounters.Locking))]
    [InlineData(typeof(StepCounters.OwnSlot))]
    public void A_program_that_is_right_loses_nothing_at_any_step(Type module)
    {
        Assert.Empty(Losses(module, out int steps));
        Assert.True(steps > 10);
    }

    [Theory]
    [InlineData(typeof(StepCounters.Keeping), "uses the static field s_kept")]
    [InlineData(typeof(StepCounters.Trying), "has a try, a lock or a using")]
    [InlineData(typeof(StepCounters.Generic), "Add of Generic cannot be stopped")]
    [InlineData(typeof(StepCounters.Virtual), "Add of Adder cannot be stopped")]
    [InlineData(typeof(StepCounters.Constructing), ".ctor of Added cannot be stopped")]
    [InlineData(typeof(StepCounters.Synchronized), "has MethodImplOptions.Synchronized")]
    public void What_no_program_of_the_kernel_has_is_refused(Type module, string reason)
    {
        using Interleaving interleaving = new();
        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => Boot(module, interleaving).Dispose());

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_branches_as_the_program_does()
    {
        using Interleaving interleaving = new();
        using CounterMachine stepped = Boot(typeof(StepCounters.Branching), interleaving);
        using CounterMachine plain = CounterMachine.Of(Input, typeof(StepCounters.Branching));
        for (int length = 20; length < 32; length++)
        {
            stepped.Deliver(new CountedPacket(0, length));
            plain.Deliver(new CountedPacket(0, length));
        }

        Assert.Equal(plain.Total(), stepped.Total());
        Assert.True(plain.Total().Runts > 0);
    }

    private static CounterInput Input { get; } = new("", "StepCounters", [s_first, s_second]) { Cpus = 2, Seed = 1 };

    private static CounterMachine Boot(Type module, Interleaving interleaving)
    {
        using InstructionLines lines = new(symbols: null);
        return CounterMachine.OfStepped(Input, module, lines, interleaving, out _);
    }

    private static int[] Losses(Type module, out int steps)
    {
        using Interleaving interleaving = new();
        using CounterMachine machine = Boot(module, interleaving);
        PacketCount before = machine.Total();
        List<int> losses = [];
        steps = 0;
        while (interleaving.Run(steps + 1, () => machine.Deliver(s_first), () => machine.Deliver(s_second)))
        {
            steps++;
            PacketCount after = machine.Total();
            if (after != before + PacketCount.Of(s_first.Length) + PacketCount.Of(s_second.Length))
            {
                losses.Add(steps);
            }

            before = after;
        }

        return [.. losses];
    }
}
