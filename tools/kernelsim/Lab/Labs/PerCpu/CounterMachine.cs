using KernelSim.EbpfCore.Native;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt.Images;
using KernelSim.Protocol;
using KernelSim.Protocol.Modules;
using KernelSim.Tool.Lab.Grading.Programs;
using KernelSim.Tool.Lab.Grading.Scripts;
using KernelSim.UserMode;

namespace KernelSim.Tool.Lab.Labs.PerCpu;

/// <summary>A machine to whose packets a program that counts them is attached.</summary>
internal sealed class CounterMachine : IDisposable
{
    private const string File = "counter.sys";

    private readonly LabMachine _lab;
    private readonly BpfSession _session;
    private readonly BpfModule _module;
    private readonly BpfLink _link;

    private CounterMachine(CounterInput input, Func<LabMachine, string> install, EbpfExecutionType execution)
    {
        MachineSettings settings = new() { Cpus = input.Cpus, Seed = input.Seed };
        _lab = LabMachine.Boot(settings, extensions: true);
        _session = new BpfSession(_lab.Start(settings.ForProcess("counter.exe")).Gate, _lab.Symbols);
        try
        {
            _module = _session.LoadModule(install(_lab), execution: execution);
            if (_module.Programs.Count != 1)
            {
                throw new InvalidDataException($"{_module.Programs.Count} programs in {input.Class ?? "the object"}, expected 1");
            }

            _link = _module.Programs[0].Attach();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What delivers packets to the attached program.</summary>
    public NetworkEventSource Network => _lab.Network!;

    /// <summary>Boots one with a program of C#.</summary>
    /// <param name="input">The program.</param>
    /// <param name="module">Its class.</param>
    /// <exception cref="ArgumentException">The class breaks a rule of native modules.</exception>
    public static CounterMachine Of(CounterInput input, Type module) => Of(input, NativeModuleImage.Compile(module, File));

    /// <summary>Boots one with a program of C# that can be stopped before each of its steps.</summary>
    /// <param name="input">The program.</param>
    /// <param name="module">Its class.</param>
    /// <param name="lines">Where its steps come from.</param>
    /// <param name="interleaving">What stops it.</param>
    /// <param name="usesInterlocked">Whether it calls an atomic operation.</param>
    public static CounterMachine OfStepped(
        CounterInput input, Type module, InstructionLines lines, Interleaving interleaving, out bool usesInterlocked)
    {
        NativeModuleFile file = NativeModuleFile.TryParse(NativeModuleImage.Compile(module, File).Contents.Span)!;
        SteppedProgram[] programs = [.. file.Programs.Select(p => new SteppedProgram(module, p.Name!, lines, interleaving))];
        usesInterlocked = programs.Any(p => p.UsesInterlocked);
        return Of(input, NativeModuleImage.Build(File, file, [.. programs.Select(p => p.Body)]));
    }

    /// <summary>Boots one with a program of an object file.</summary>
    /// <param name="input">The program.</param>
    /// <param name="execution">The engine that runs it.</param>
    public static CounterMachine OfObject(CounterInput input, EbpfExecutionType execution) => new(input, _ => input.File, execution);

    /// <summary>A packet comes to a processor.</summary>
    public void Deliver(CountedPacket packet)
    {
        // No more than its length is looked at.
        Network.DeliverPacket(packet.Cpu, interfaceIndex: 1, new byte[packet.Length]);
    }

    /// <summary>The maps, as the kernel has them.</summary>
    public IReadOnlyList<MapFact> Maps() => KernelMaps.ReadAll(_lab);

    /// <summary>What the slots of the first map hold; nothing if its values have another size.</summary>
    public IReadOnlyList<PacketCount> Slots()
    {
        if (Maps() is not [{ ValueSize: PacketCount.ValueSize } map, ..])
        {
            return [];
        }

        // A value that is longer than one CPU's has a slot for each.
        int slot = (int)PerCpuLayout.Pad8(PacketCount.ValueSize);
        PacketCount[] slots = [];
        foreach (byte[] value in map.Elements.Values.Select(Convert.FromHexString))
        {
            PacketCount[] more = [.. value.Chunk(slot).Select(s => PacketCount.Read(s))];
            slots = slots.Length == 0 ? more : [.. slots.Zip(more, (a, b) => a + b)];
        }

        return slots;
    }

    /// <summary>What they hold together.</summary>
    public PacketCount Total() => Slots().Aggregate(PacketCount.None, (sum, s) => sum + s);

    /// <inheritdoc/>
    public void Dispose()
    {
        _link?.Dispose();
        _module?.Dispose();
        _session.Dispose();
        _lab.Dispose();
    }

    private static CounterMachine Of(CounterInput input, DriverImage image) => new(
        input,
        machine =>
        {
            machine.Machine.Images.Install(image);
            return image.Path;
        },
        EbpfExecutionType.Any);
}
