using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Programs;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tool.Museum.Facts;
using KernelSim.UserMode;

namespace KernelSim.Tool.Museum.Acting;

/// <summary>
/// What an exhibit is played on: a fresh machine, and a process with the library loaded. It remembers each call, for the trace to be read later, and
/// what the program looked at.
/// </summary>
internal sealed class ExhibitStage
{
    private const string Site = "exhibit.exe";

    private readonly PsProcess _process;
    private readonly List<PlayedStep> _steps = [];
    private readonly List<Observation> _observations = [];

    /// <summary>Sets the stage.</summary>
    /// <param name="lab">A machine with the eBPF driver, without programs and maps.</param>
    /// <param name="process">A process on it.</param>
    /// <param name="library">The library of the process.</param>
    /// <param name="callerErrs">Whether the calling program makes the mistake.</param>
    public ExhibitStage(LabMachine lab, PsProcess process, Libbpf library, bool callerErrs)
    {
        Lab = lab;
        _process = process;
        Library = library;
        CallerErrs = callerErrs;
    }

    /// <summary>The machine that the process runs on.</summary>
    public LabMachine Lab { get; }

    /// <summary>The library of the process.</summary>
    public Libbpf Library { get; }

    /// <summary>Whether the calling program makes the mistake.</summary>
    public bool CallerErrs { get; }

    /// <summary>The gate of the process.</summary>
    public ISystemGate Gate => _process.Gate;

    /// <summary>Possible CPUs of the machine.</summary>
    public int Cpus => Library.libbpf_num_possible_cpus();

    /// <summary>The calls so far.</summary>
    public IReadOnlyList<PlayedStep> Steps => _steps;

    /// <summary>What the program has looked at so far.</summary>
    public IReadOnlyList<Observation> Observations => _observations;

    /// <summary>malloc, and a copy of the bytes.</summary>
    /// <returns>The address of the block.</returns>
    public ulong Place(ReadOnlySpan<byte> bytes)
    {
        ulong address = _process.Memory.Allocate((uint)bytes.Length);
        Write(address, bytes);
        return address;
    }

    /// <summary>A block of a number.</summary>
    /// <returns>The address of the block.</returns>
    public ulong Place<T>(T number)
        where T : unmanaged => Place(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in number)));

    /// <summary>calloc.</summary>
    /// <returns>The address of the block.</returns>
    public ulong Room(long bytes) => Place(new byte[bytes]);

    /// <summary>Options of a batch call, all of them 0.</summary>
    /// <returns>Their address.</returns>
    public ulong Options() => Room(Unsafe.SizeOf<BpfMapBatchOpts>());

    /// <summary>Writes to a block of the program's.</summary>
    public void Write(ulong address, ReadOnlySpan<byte> bytes) =>
        bytes.CopyTo(_process.Memory.Access(address, (uint)bytes.Length, MemoryAccess.Write, Site));

    /// <summary>Reads bytes of a block of the program's.</summary>
    public byte[] Read(ulong address, long bytes) => _process.Memory.Access(address, (uint)bytes, MemoryAccess.Read, Site).ToArray();

    /// <summary>Reads a number from a block of the program's.</summary>
    public T Read<T>(ulong address)
        where T : unmanaged => MemoryMarshal.Read<T>(Read(address, Unsafe.SizeOf<T>()));

    /// <summary>Creates the map that the exhibit is about.</summary>
    /// <returns>Its descriptor.</returns>
    public int CreateMap(BpfMapType type, uint keySize, uint valueSize, uint maxEntries) =>
        Prepare("bpf_map_create", library => library.bpf_map_create(type, "exhibit", keySize, valueSize, maxEntries));

    /// <summary>Puts elements with the keys 1, 2, 3 and so on into a map; the value of each begins with its key.</summary>
    /// <param name="map">Descriptor of the map.</param>
    /// <param name="count">Number of elements.</param>
    /// <param name="keyBytes">Size of a key.</param>
    /// <param name="valueBytes">Size of a value.</param>
    public void Fill(int map, int count, int keyBytes, int valueBytes)
    {
        ulong key = Room(keyBytes);
        ulong value = Room(valueBytes);
        for (uint i = 1; i <= count; i++)
        {
            Write(key, BitConverter.GetBytes(i));
            Write(value, BitConverter.GetBytes(i));
            Prepare("bpf_map_update_elem", library => library.bpf_map_update_elem(map, key, value, 0));
        }
    }

    /// <summary>Runs a program on each CPU, at DISPATCH_LEVEL, with the map that the exhibit has created.</summary>
    /// <param name="program">Gets its context, the map and the number of the CPU.</param>
    public void OnEachCpu(Action<EbpfProgramContext, EbpfMap, int> program)
    {
        ulong id = Room(sizeof(uint));
        Prepare("bpf_map_get_next_id", library => library.bpf_map_get_next_id(0, id));
        if (Lab.Driver.ReferenceMap(Read<uint>(id), out EbpfMap? map) != EbpfResult.Success)
        {
            throw new InvalidOperationException("the exhibit has no map");
        }

        try
        {
            for (int cpu = 0; cpu < Cpus; cpu++)
            {
                int number = cpu;
                Lab.Driver.RunProgram(cpu, context => program(context, map!, number));
            }
        }
        finally
        {
            map!.Dereference();
        }
    }

    /// <summary>Makes a call that only prepares what the story tells, and cannot fail.</summary>
    /// <param name="function">The function.</param>
    /// <param name="call">Calls it.</param>
    /// <returns>Its return value.</returns>
    public int Prepare(string function, Func<Libbpf, int> call)
    {
        int result = Make(new PlayedStep(function, string.Empty, IsShown: false), call);
        return result >= 0 ? result : throw new InvalidOperationException($"the exhibit could not be prepared: {function} returned {result}");
    }

    /// <summary>Makes a call that the story tells.</summary>
    /// <param name="function">The function.</param>
    /// <param name="arguments">Its arguments, as the program would write them.</param>
    /// <param name="call">Calls it.</param>
    /// <returns>Its return value.</returns>
    /// <exception cref="ProcessExitedException">The process has crashed in the call, which ends the play.</exception>
    public int Call(string function, string arguments, Func<Libbpf, int> call) => Make(new PlayedStep(function, arguments, IsShown: true), call);

    /// <summary>Sends a message without the library.</summary>
    /// <param name="device">An overlapped handle of the device.</param>
    /// <param name="message">The message.</param>
    /// <param name="replyBytes">Size of the reply buffer.</param>
    /// <param name="arguments">What is in the message, for the story; null if it only prepares what is told.</param>
    /// <param name="sent">The request, which may be pending.</param>
    /// <returns>The status of the system call.</returns>
    public NtStatus Send(NtHandle device, byte[] message, uint replyBytes, string? arguments, out DeviceRequest sent)
    {
        OperationHeader header = MemoryMarshal.Read<OperationHeader>(message);
        if (!Gate.BeginCall(out ulong id))
        {
            throw new InvalidOperationException("the process of the exhibit has ended");
        }

        PlayedStep step = new(OperationTable.Find(header.Id)!.Name, arguments ?? string.Empty, IsShown: arguments is not null) { Request = id };
        try
        {
            NtStatus status = DeviceRequest.Send(Gate, id, device, EbpfDevice.ControlCode, message, replyBytes, out sent);
            step = step with { Status = status.ToString() };
            return status;
        }
        finally
        {
            _steps.Add(step);
            Gate.EndCall(id);
        }
    }

    /// <summary>Compares what the program saw with what it meant.</summary>
    /// <param name="what">The thing looked at.</param>
    /// <param name="meant">What it should be.</param>
    /// <param name="seen">What it is.</param>
    public void Compare(string what, string meant, string seen) => _observations.Add(new Observation(what, meant, seen));

    /// <summary>Compares two numbers.</summary>
    /// <inheritdoc cref="Compare(string, string, string)"/>
    public void Compare(string what, long meant, long seen) =>
        Compare(what, meant.ToString(CultureInfo.InvariantCulture), seen.ToString(CultureInfo.InvariantCulture));

    /// <summary>A return value in words: <c>0</c>, a number, or <c>-ENOENT</c>.</summary>
    public static string Spell(int result) => result < 0 ? $"-{(Errno)(-result)}" : result.ToString(CultureInfo.InvariantCulture);

    /// <summary>Bytes in words: how many of them have changed.</summary>
    public static string Changed(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        int changed = 0;
        for (int i = 0; i < before.Length; i++)
        {
            changed += before[i] == after[i] ? 0 : 1;
        }

        return changed == 0 ? "unchanged" : $"{changed} of {before.Length} bytes changed";
    }

    private int Make(PlayedStep step, Func<Libbpf, int> call)
    {
        try
        {
            int result = call(Library);
            _steps.Add(step with { Result = result });
            return result;
        }
        catch (ProcessExitedException exit)
        {
            _steps.Add(step with { Fault = exit.Violation });
            throw;
        }
    }
}
