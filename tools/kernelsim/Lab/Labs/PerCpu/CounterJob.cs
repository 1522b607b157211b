using System.Reflection;
using System.Runtime.ExceptionServices;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Drivers;
using KernelSim.Tool.Lab.Grading.Hosting;
using KernelSim.Tool.Lab.Grading.Programs;
using KernelSim.UserMode;

namespace KernelSim.Tool.Lab.Labs.PerCpu;

/// <summary>
/// Runs a program that counts packets: alone; in the middle of another run of it, once for each step at which that can be stopped; and on all
/// processors at once.
/// </summary>
internal sealed class CounterJob : HostJob<CounterInput, CounterFacts>
{
    private const int MostStops = 1000;
    private const int MeasuredPackets = 8192;

    private static readonly TimeSpan s_measured = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override string Name => "counter";

    /// <inheritdoc/>
    public override bool RunsForeignCode => true;

    /// <inheritdoc/>
    protected override CounterFacts Run(CounterInput input)
    {
        try
        {
            return input.Class is { } name ? OfClass(input, name) : OfObject(input);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or BpfException)
        {
            return new CounterFacts { Problem = e.Message };
        }
        catch (BugcheckException stop)
        {
            return new CounterFacts { Problem = Failure.MachineStopped(stop).Message };
        }
    }

    private static CounterFacts OfClass(CounterInput input, string name)
    {
        if (AssemblyImage.Read(input.File, out AssemblyImage? image) is { } unreadable)
        {
            throw new InvalidDataException(unreadable.Message);
        }

        Assembly assembly = new DriverLoadContext(input.File, new LoadedAssemblies()).LoadOnce(image!);
        Type module = assembly.GetType(name) ?? throw new InvalidDataException($"there is no class {name}");
        using Interleaving interleaving = new();
        using CounterMachine stepped = CounterMachine.OfStepped(input, module, interleaving, out bool usesInterlocked);
        using CounterMachine plain = CounterMachine.Of(input, module);
        return Interleave(input, stepped, interleaving, Count(input, plain)) with { UsesInterlocked = usesInterlocked };
    }

    private static CounterFacts OfObject(CounterInput input)
    {
        CounterFacts facts;
        using (CounterMachine compiled = CounterMachine.OfObject(input, EbpfExecutionType.Jit))
        {
            facts = Count(input, compiled);
        }

        using Interleaving interleaving = new();
        using CounterMachine interpreted = CounterMachine.OfObject(input, EbpfExecutionType.Interpret);
        using InstructionStops stops = new(interleaving);
        return Interleave(input, interpreted, interleaving, facts);
    }

    private static CounterFacts Count(CounterInput input, CounterMachine machine)
    {
        foreach (CountedPacket packet in input.Packets)
        {
            machine.Deliver(packet);
        }

        IReadOnlyList<PacketCount> slots = machine.Slots();
        PacketCount before = machine.Total();
        OnAll(input.Cpus, cpu =>
        {
            for (int i = 0; i < input.Repeats; i++)
            {
                foreach (CountedPacket packet in input.Packets)
                {
                    machine.Deliver(packet with { Cpu = cpu });
                }
            }
        });
        PacketCount after = machine.Total();
        return new CounterFacts
        {
            MapTypes = [.. machine.Maps().Select(m => m.Type)],
            ValueSize = machine.Maps() is [{ } map, ..] ? map.ValueSize : 0,
            Slots = slots,
            AtOnce = after + (before * -1),
            Costs = input.IsMeasured ? Measure(input, machine) : [],
        };
    }

    private static CounterFacts Interleave(CounterInput input, CounterMachine machine, Interleaving interleaving, CounterFacts facts)
    {
        (CountedPacket first, CountedPacket second) = (input.Packets[0], input.Packets[1]);
        PacketCount expected = PacketCount.Of(first.Length) + PacketCount.Of(second.Length);
        PacketCount before = machine.Total();
        int stop = 1;
        for (; stop <= MostStops && interleaving.Run(stop, () => machine.Deliver(first), () => machine.Deliver(second)); stop++)
        {
            PacketCount after = machine.Total();
            PacketCount gained = after + (before * -1);
            if (gained != expected)
            {
                return facts with { Stops = stop, Loss = new LossFact(stop, gained, expected) };
            }

            before = after;
        }

        return facts with { Stops = stop - 1 };
    }

    /// <summary>Does something on all processors at once.</summary>
    private static void OnAll(int cpus, Action<int> work)
    {
        ExceptionDispatchInfo? failure = null;
        using Barrier start = new(cpus);
        Thread[] threads =
        [
            .. Enumerable.Range(0, cpus).Select(cpu => new Thread(() =>
            {
                start.SignalAndWait();
                try
                {
                    work(cpu);
                }
                catch (Exception e)
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            })
            { IsBackground = true, Name = $"CPU {cpu}" }),
        ];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        failure?.Throw();
    }

    private static IReadOnlyList<CounterCost> Measure(CounterInput input, CounterMachine machine)
    {
        NetworkEvent[] packets =
            [.. Enumerable.Range(0, MeasuredPackets).Select(i => new NetworkEvent(NetworkEventKind.Packet) { PayloadLength = (ushort)(i % 64) })];
        NetworkEventTotals[] totals = [.. Enumerable.Range(0, input.Cpus).Select(_ => new NetworkEventTotals())];
        using ThreadPair pair = new();
        void Work(int cpu) => machine.Network.Deliver(cpu, packets, totals[cpu]);
        List<Trial> trials = [new Trial(Contender.KernelSim, MeasuredPackets, () => Work(0))];
        if (Environment.ProcessorCount > 1)
        {
            trials.Add(new Trial(Contender.KernelSim, MeasuredPackets, () => pair.Run(() => Work(0), () => Work(1))) { Threads = 2 });
        }

        return [.. Race.Run(trials, s_measured, CancellationToken.None).Select(m => new CounterCost(m.Threads, m.Median))];
    }
}
