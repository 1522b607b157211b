using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using KernelSim.Bytecode;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Programs.Helpers;
using KernelSim.Nt;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// The driver around a program's instructions: its helpers, and the memory that it may reach beyond its stack. Nobody has verified the
/// instructions, so each pointer that they pass to a helper is compared with that memory first. One object serves all processors at once.
/// </summary>
/// <remarks>
/// A run begins with its stack and its context, which most programs read first. The rest becomes reachable when it first touches that, since many
/// programs never do.
/// </remarks>
/// <param name="core">The driver, whose objects maps are found among.</param>
/// <param name="maps">The maps that the instructions name; the program holds their references.</param>
/// <param name="type">The type's provider when the code was loaded; null if it was detached.</param>
/// <param name="globals">The values of maps whose addresses are in the instructions.</param>
/// <param name="words">The instructions in words.</param>
internal sealed unsafe class BytecodeProgramHost(
    CoreContext core, EbpfMap[] maps, ProgramData? type, MemoryRegion[] globals, InstructionWords words)
    : BytecodeHost
{
    private readonly ulong[] _numbers = [.. maps.Select(m => m.Pointer.Value)];
    private ProgramContextLayout _layout = new(type, type?.Info.Descriptor.ContextDescriptor ?? default);

    /// <summary>The instructions in words.</summary>
    public InstructionWords Words => words;

    /// <summary>Where a run is that one of these hosts surrounds: at which call of a helper.</summary>
    public static InstructionPlace PlaceOf(in BytecodeRun run) => run.Host is BytecodeProgramHost host
        ? new InstructionPlace(run.Instruction, host.Words.LineOf(run.Instruction))
        : InstructionPlace.None;

    /// <inheritdoc/>
    public override bool IsStopped => core.Machine.StopRecord is not null;

    /// <inheritdoc/>
    public override ulong CallHelper(ref BytecodeRun run, uint id, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5)
    {
        ref readonly HelperCall call = ref HelperCall.Of(run);
        if (call.Program!.Bindings.Find(id) is not { } helper)
        {
            run.RefuseCall(BytecodeFaultKind.UnknownHelper, $"helper {id} given, expected one that the program's type has");
            return 0;
        }

        return helper.LookUp is { } lookUp && MapAt(call, r1) is { } map and not ObjectMap
            ? LookUp(ref run, call, lookUp, map, r2)
            : Call(ref run, call, helper, r1, r2, r3, r4, r5);
    }

    /// <inheritdoc/>
    public override bool TryFindRegion(ref BytecodeRun run, byte* address, nuint length, bool write, out MemoryRegion region)
    {
        ref readonly HelperCall call = ref HelperCall.Of(run);
        ProgramContextWindow window = new(call.Context, LayoutOf(call));
        region = write ? window.Writable : window.Whole;
        if (Holds(region, address, length))
        {
            return true;
        }

        region = window.Data;
        if (Holds(region, address, length))
        {
            return true;
        }

        foreach (MemoryRegion global in globals)
        {
            if (Holds(global, address, length) && (global.IsWritable || !write))
            {
                region = global;
                return true;
            }
        }

        // The fault that follows names the nearest of all.
        window.Open(ref run);
        return false;
    }

    /// <summary>Makes reachable what a run begins with.</summary>
    public void Begin(ref BytecodeRun run, in HelperCall call) => new ProgramContextWindow(call.Context, LayoutOf(call)).OpenContext(ref run);

    /// <summary>Stops the machine as a real kernel would have stopped, and says why.</summary>
    [DoesNotReturn]
    public void Stop(in HelperCall call, BytecodeFault fault)
    {
        if (fault.Kind == BytecodeFaultKind.Interrupted && core.Machine.StopRecord is { } record)
        {
            throw new BugcheckException(record);
        }

        BytecodeBugcheck.Stop(call, fault, words.LineOf(fault.Instruction));
    }

    private static bool Holds(in MemoryRegion region, byte* address, nuint length)
    {
        nuint offset = (nuint)address - region.Start;
        return length <= region.Length && offset <= region.Length - length;
    }

    private bool Deny(ref BytecodeRun run, BoundHelper helper, in HelperPointer pointer, ulong value, string expected)
    {
        ulong place = MachineAddress.Of(core.Machine, run, value);
        run.RefuseCall(
            BytecodeFaultKind.HelperArgument, $"r{pointer.Argument + 1} = 0x{place:x} given to {helper.Prototype.Name}, expected {expected}");
        return false;
    }

    /// <summary>The helper that programs call most, without finding the map twice.</summary>
    private static ulong LookUp(ref BytecodeRun run, in HelperCall call, MapLookup lookUp, EbpfMap map, ulong key)
    {
        if (!run.CheckArgument(2, key, map.KeySize, write: false))
        {
            return 0;
        }

        byte* value = lookUp(call, map, (byte*)key);
        if (value != null)
        {
            run.AddRegion(value, map.Layout.ValueSize, MemoryRegionKind.MapValue, writable: true);
        }

        return (ulong)value;
    }

    [SkipLocalsInit]
    private ulong Call(ref BytecodeRun run, in HelperCall call, BoundHelper helper, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5)
    {
        // A pointer without an argument for its size reaches nothing.
        ulong* arguments = stackalloc ulong[HelperPrototype.MaxArguments + 1] { r1, r2, r3, r4, r5, ulong.MaxValue };
        EbpfMap? map = null;
        foreach (ref readonly HelperPointer pointer in helper.Pointers.AsSpan())
        {
            if (!Accept(ref run, call, helper, pointer, arguments, ref map))
            {
                return 0;
            }
        }

        // The helper finds the packet by the context's pointers, and may move it.
        nuint before = helper.Prototype.ReallocatesPacket ? new ProgramContextWindow(call.Context, LayoutOf(call)).Data.Start : 0;
        ulong result = helper.Body(call, r1, r2, r3, r4, r5);
        if (helper.Prototype.ReallocatesPacket)
        {
            run.RemoveRegion((byte*)before);
        }
        else if (helper.ReturnsMapValue && result != 0 && map is not (null or ObjectMap))
        {
            run.AddRegion((byte*)result, map.Layout.ValueSize, MemoryRegionKind.MapValue, writable: true);
        }

        return result;
    }

    private bool Accept(
        ref BytecodeRun run, in HelperCall call, BoundHelper helper, in HelperPointer pointer, ulong* arguments, ref EbpfMap? map)
    {
        ulong value = arguments[pointer.Argument];
        switch (pointer.Kind)
        {
            case HelperPointerKind.Map:
                map = MapAt(call, value);
                return map is not null || Deny(ref run, helper, pointer, value, "a map");
            case HelperPointerKind.Context:
                return value == (ulong)call.Context || Deny(ref run, helper, pointer, value, "the program's context");
            case HelperPointerKind.Key or HelperPointerKind.Value when map is null:
                return Deny(ref run, helper, pointer, value, "a map before it");
            case HelperPointerKind.Key:
                return run.CheckArgument(pointer.Argument + 1, value, map!.KeySize, write: false);
            case HelperPointerKind.Value:
                return run.CheckArgument(pointer.Argument + 1, value, map!.Layout.ValueSize, pointer.Writes);
            default:
                ulong size = arguments[pointer.Argument + 1];
                return (value == 0 && pointer.IsOptional) || run.CheckArgument(pointer.Argument + 1, value, size, pointer.Writes);
        }
    }

    /// <summary>The map that a register stands for: mostly one of the program's own, otherwise the inner map of one.</summary>
    private EbpfMap? MapAt(in HelperCall call, ulong register)
    {
        ulong[] numbers = _numbers;
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] == register)
            {
                return maps[i];
            }
        }

        return call.Map(register);
    }

    /// <summary>The layout by the provider that is attached, or by the last one that was. Threads that replace it at once find the same.</summary>
    private ProgramContextLayout LayoutOf(in HelperCall call)
    {
        ProgramContextLayout known = Volatile.Read(ref _layout);
        ProgramData? type = call.Program!.TypeData;
        if (type is null || ReferenceEquals(type, known.Type))
        {
            return known;
        }

        ProgramContextLayout layout = new(type, type.Info.Descriptor.ContextDescriptor);
        Volatile.Write(ref _layout, layout);
        return layout;
    }
}
