using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.UserMode.Device;

/// <summary>The messages that make a program of instructions: what upstream's service sends when it loads one.</summary>
internal static class CodeMessages
{
    /// <summary>Operation 2: creates a program without code. The names must fit a message.</summary>
    /// <param name="channel">The channel of the call in progress.</param>
    /// <param name="type">GUID of the program type.</param>
    /// <param name="names">File, section and program, as UTF-8.</param>
    /// <param name="program">The handle of the new program on success.</param>
    public static EbpfResult Create(DeviceChannel channel, Guid type, in ProgramNames names, out NtHandle program)
    {
        ref CreateProgramRequest request = ref channel.Begin<CreateProgramRequest>(
            EbpfOperationId.CreateProgram, names.ByteCount, out Span<byte> tail);
        request.ProgramType = type;
        request.SectionNameOffset = (ushort)(CreateProgramRequest.TailOffset + names.File.Length);
        request.ProgramNameOffset = (ushort)(request.SectionNameOffset + names.Section.Length);
        names.File.CopyTo(tail);
        names.Section.CopyTo(tail[names.File.Length..]);
        names.Program.CopyTo(tail[(names.File.Length + names.Section.Length)..]);
        EbpfResult result = channel.Send(Unsafe.SizeOf<CreateProgramReply>());
        program = result == EbpfResult.Success ? channel.Reply<CreateProgramReply>(out _).ProgramHandle : NtHandle.Invalid;
        return result;
    }

    /// <summary>Operation 17: asks for a program's type and the helpers that its programs may call.</summary>
    public static EbpfResult GetInfo(DeviceChannel channel, NtHandle program, out ProgramTypeInfo? info)
    {
        channel.Begin<GetProgramInfoRequest>(EbpfOperationId.GetProgramInfo, 0, out _).ProgramHandle = program;
        EbpfResult result = channel.Send(EbpfDevice.MaxMessageBytes, isFixed: false);
        info = null;
        if (result != EbpfResult.Success)
        {
            return result;
        }

        ref readonly GetProgramInfoReply reply = ref channel.Reply<GetProgramInfoReply>(out ReadOnlySpan<byte> tail);
        info = ProgramTypeInfo.TryRead(tail[..(int)Math.Min(reply.Size, (ulong)tail.Length)]);
        return info is null ? EbpfResult.InvalidArgument : result;
    }

    /// <summary>Operation 0: fixes the helpers that a program calls, each once.</summary>
    public static EbpfResult ResolveHelpers(DeviceChannel channel, NtHandle program, ReadOnlySpan<uint> ids)
    {
        ref ResolveHelperRequest request = ref channel.Begin<ResolveHelperRequest>(
            EbpfOperationId.ResolveHelper, ids.Length * sizeof(uint), out Span<byte> tail);
        request.ProgramHandle = program;
        MemoryMarshal.AsBytes(ids).CopyTo(tail);
        return channel.Send(ResolveHelperReply.TailOffset + (ids.Length * Unsafe.SizeOf<HelperFunctionAddress>()));
    }

    /// <summary>Operation 1: gives a program its maps, and gets the numbers that stand for them in its registers.</summary>
    public static EbpfResult ResolveMaps(DeviceChannel channel, NtHandle program, ReadOnlySpan<NtHandle> maps, out ulong[] addresses)
    {
        ref ResolveMapRequest request = ref channel.Begin<ResolveMapRequest>(
            EbpfOperationId.ResolveMap, maps.Length * sizeof(long), out Span<byte> tail);
        request.ProgramHandle = program;
        MemoryMarshal.AsBytes(maps).CopyTo(tail);
        EbpfResult result = channel.Send(ResolveMapReply.TailOffset + (maps.Length * sizeof(ulong)));
        addresses = [];
        if (result == EbpfResult.Success)
        {
            channel.Reply<ResolveMapReply>(out ReadOnlySpan<byte> reply);
            addresses = MemoryMarshal.Cast<byte, ulong>(reply).ToArray();
        }

        return result;
    }

    /// <summary>Operation 16: asks for the address of the function that compiled code writes its log with.</summary>
    public static EbpfResult GetLogFunction(DeviceChannel channel)
    {
        channel.Begin<GetEcFunctionRequest>(EbpfOperationId.GetEcFunction, 0, out _).Function = EbpfEcFunction.Log;
        return channel.Send(Unsafe.SizeOf<GetEcFunctionReply>());
    }

    /// <summary>Operation 4: loads the code. It must fit a message.</summary>
    public static EbpfResult LoadCode(DeviceChannel channel, NtHandle program, EbpfCodeType type, ReadOnlySpan<byte> code)
    {
        ref LoadCodeRequest request = ref channel.Begin<LoadCodeRequest>(EbpfOperationId.LoadCode, code.Length, out Span<byte> tail);
        request.ProgramHandle = program;
        request.CodeType = type;
        code.CopyTo(tail);
        return channel.Send();
    }
}

/// <summary>The names that a program is created with, as UTF-8.</summary>
/// <param name="file">The object file's name.</param>
/// <param name="section">The section's.</param>
/// <param name="program">The program's.</param>
internal readonly ref struct ProgramNames(ReadOnlySpan<byte> file, ReadOnlySpan<byte> section, ReadOnlySpan<byte> program)
{
    public ReadOnlySpan<byte> File { get; } = file;

    public ReadOnlySpan<byte> Section { get; } = section;

    public ReadOnlySpan<byte> Program { get; } = program;

    /// <summary>Bytes of the three together.</summary>
    public int ByteCount => File.Length + Section.Length + Program.Length;
}
