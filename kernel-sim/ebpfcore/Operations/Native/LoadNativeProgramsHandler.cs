using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Native;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 32: creates a module's maps and programs, and handles of them, maps first, in the module's order; all of them or none.
/// </summary>
/// <remarks>As upstream, the reply's header keeps the request's length.</remarks>
internal sealed unsafe class LoadNativeProgramsHandler() : ProtocolHandler(EbpfOperationId.LoadNativePrograms)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        Guid id = call.Read<LoadNativeProgramsRequest>().ModuleId;
        NativeModuleRegistry modules = call.Core.NativeModules;
        bool isThere = modules.TryFind(call.Current, id, out NativeModuleMetadata? metadata);
        if (!call.Require(isThere, CheckTable.NativeModulePresent, isThere ? 1 : 0, 1))
        {
            return call.Refused;
        }

        int maps = metadata!.File.Maps.Count;
        int programs = metadata.File.Programs.Count;
        long room = LoadNativeProgramsReply.TailOffset + ((maps + (long)programs) * sizeof(long));
        if (!call.Require(call.ReplyLength >= room, CheckTable.NativeProgramsRoom, call.ReplyLength, room))
        {
            return call.Refused;
        }

        EbpfResult result = modules.BeginLoading(call.Caller, id, out NativeModule? module);
        if (module is not null)
        {
            result = Load(call, module);
            modules.EndLoading(call.Current, module, result);
        }

        KernelEventSource.Log.NativeModulePrograms(
            call.Current.RequestId, call.Current.ProcessorNumber, id.ToString(), maps, programs, ResultConversions.NameOf(result));
        return result;
    }

    private static EbpfResult Load(in ProtocolCall call, NativeModule module)
    {
        NativeModuleMetadata metadata = module.Metadata;
        NativeMap[] maps = [.. metadata.File.Maps.Select(m => new NativeMap(m))];
        NativeLoadedProgram[] programs = [.. metadata.File.Programs.Select((p, i) => new NativeLoadedProgram(p, metadata.Bodies[i]))];
        EbpfResult result = NativeMapSetup.Make(call.Caller, maps);
        if (result == EbpfResult.Success)
        {
            result = NativeMapSetup.SetGlobalVariables(call.Caller, metadata.File, maps);
        }

        for (int i = 0; i < programs.Length && result == EbpfResult.Success; i++)
        {
            result = programs[i].Make(call.Caller, module, maps);
        }

        if (result == EbpfResult.Success)
        {
            result = NativeMapSetup.SetInitialValues(call.Caller, metadata.File, maps, programs);
        }

        if (result == EbpfResult.Success)
        {
            Answer(call, maps, programs);
        }

        foreach (NativeLoadedProgram program in programs)
        {
            if (result != EbpfResult.Success)
            {
                program.Undo(call.Caller);
            }

            program.Release(call.Caller);
        }

        foreach (NativeMap map in maps)
        {
            if (result != EbpfResult.Success)
            {
                map.Undo(call.Caller);
            }

            map.Release(call.Caller);
        }

        return result;
    }

    private static void Answer(in ProtocolCall call, NativeMap[] maps, NativeLoadedProgram[] programs)
    {
        // Not the whole structure: its padding overlaps the start of the tail.
        LoadNativeProgramsReply reply = new() { MapHandleCount = (ulong)maps.Length, ProgramHandleCount = (ulong)programs.Length };
        Unsafe.CopyBlockUnaligned(
            call.Reply + OperationHeader.ByteCount,
            (byte*)&reply + OperationHeader.ByteCount,
            LoadNativeProgramsReply.TailOffset - OperationHeader.ByteCount);
        var handles = (NtHandle*)(call.Reply + LoadNativeProgramsReply.TailOffset);
        foreach (NativeMap map in maps)
        {
            *handles++ = map.Handle;
        }

        foreach (NativeLoadedProgram program in programs)
        {
            *handles++ = program.Handle;
        }
    }
}
