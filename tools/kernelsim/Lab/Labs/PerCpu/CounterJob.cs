using System.Runtime.ExceptionServices;
using KernelSim.Nt;
using KernelSim.Protocol;
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
        AssemblyImage image = Read(input.File);
        Type module = ClassOf(image, name);
        using InstructionLines lines = new(image.Symbols);
        using Interleaving interleaving = new();
        using CounterMachine stepped = CounterMachine.OfStepped(input, module, lines, interleaving, out bool usesInterlocked);
        using CounterMachine plain = CounterMachine.Of(input, module);
        return Interleave(input, stepped, interleaving, Count(input, plain)) with { UsesInterlocked = usesInterlocked };
    }

    /// <summary>Reads a library that the judge has compiled.</summary>
    public static AssemblyImage Read(string file) =>
        AssemblyImage.Read(file, out AssemblyImage? image) is { } unreadable ? throw new InvalidDataException(unreadable.Message) : image!;

    /// <summary>Loads a class of it.</summary>
    /// <exception cref="InvalidDataException">It has no such class.</exception>
    public static Type ClassOf(AssemblyImage image, string name) =>
        new DriverLoadContext(image.Path, new LoadedAssemblies()).LoadOnce(image).GetType(name)
        ?? throw new InvalidDataException($"there is no class {name}");

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
                return facts with { Stops = stop, Loss = new LossFact(stop, interleaving.Place, gained, expected) };
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
}
