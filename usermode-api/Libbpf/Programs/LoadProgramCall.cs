using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using KernelSim.Bytecode;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Checks and loads a program of instructions, to be compiled.</summary>
    /// <param name="prog_type">The program's type.</param>
    /// <param name="prog_name">Address of the name; NULL for the start of the instructions' SHA-256.</param>
    /// <param name="license">Address of the licence; ignored, as in upstream.</param>
    /// <param name="insns">Address of 8-byte instructions; an <c>lddw</c> with source 1 names a map by its descriptor.</param>
    /// <param name="insn_cnt">Number of instructions.</param>
    /// <param name="opts">Address of a <see cref="BpfProgLoadOpts"/>, or NULL. Only the log buffer is looked at.</param>
    /// <returns>
    /// A descriptor; -EINVAL for an invalid type, without instructions and for a log buffer without a size; -EACCES if the check refuses the
    /// instructions, with the reason in the log buffer; -ENOSPC if that is too small; -ENOTSUP for a <see cref="NativeOnly"/> library.
    /// </returns>
    [SuppressMessage("Style", "IDE0060", Justification = "libbpf's parameters.")]
    public int bpf_prog_load(BpfProgType prog_type, ulong prog_name, ulong license, ulong insns, ulong insn_cnt, ulong opts = 0) =>
        Call(new LoadProgramCall(prog_type, prog_name, insns, insn_cnt, opts));

    /// <summary>Same as <see cref="bpf_prog_load(BpfProgType, ulong, ulong, ulong, ulong, ulong)"/>, with the name as a .NET string.</summary>
    /// <param name="prog_type">The program's type.</param>
    /// <param name="prog_name">The name, or null.</param>
    /// <param name="license">The licence; ignored.</param>
    /// <param name="insns">Address of 8-byte instructions.</param>
    /// <param name="insn_cnt">Number of instructions.</param>
    /// <param name="opts">Address of a <see cref="BpfProgLoadOpts"/>, or NULL.</param>
    /// <returns>The same results as the other overload.</returns>
    [SuppressMessage("Style", "IDE0060", Justification = "libbpf's parameters.")]
    public int bpf_prog_load(BpfProgType prog_type, string? prog_name, string? license, ulong insns, ulong insn_cnt, ulong opts = 0) =>
        WithString(prog_name, name => bpf_prog_load(prog_type, name, license: 0, insns, insn_cnt, opts));

    /// <summary>
    /// Checks and loads a program of instructions for an engine of choice: <c>ebpf_program_load_bytes</c>, which <c>bpf_prog_load</c> calls.
    /// </summary>
    /// <param name="program_type">The program's type.</param>
    /// <param name="program_name">The name; null for the start of the instructions' SHA-256.</param>
    /// <param name="execution_type">The interpreter, or the compiler, which any stands for.</param>
    /// <param name="instructions">Address of 8-byte instructions; an <c>lddw</c> with source 1 names a map by its descriptor.</param>
    /// <param name="instruction_count">Number of instructions.</param>
    /// <param name="log_buffer">Address of a buffer for the log; NULL for none.</param>
    /// <param name="log_buffer_size">Size of that buffer in bytes.</param>
    /// <param name="program_fd">A new descriptor of the program; -1 on failure.</param>
    /// <returns>Success, or the result behind the errno that <c>bpf_prog_load</c> returns.</returns>
    public EbpfResult ebpf_program_load_bytes(
        BpfProgType program_type, string? program_name, EbpfExecutionType execution_type, ulong instructions, uint instruction_count,
        ulong log_buffer, ulong log_buffer_size, out int program_fd)
    {
        EbpfResult result = EbpfResult.Success;
        program_fd = WithString(program_name, name =>
        {
            LoadProgramCall load = new(program_type, name, instructions, instruction_count, options: 0)
            {
                Execution = execution_type,
                Log = new ProgramLog(log_buffer, log_buffer_size),
            };
            result = Result(load, out int fd, nameof(ebpf_program_load_bytes));
            return fd;
        });
        return result;
    }
}

/// <summary><c>bpf_prog_load</c>, upstream's <c>ebpf_program_load_bytes</c>.</summary>
internal readonly struct LoadProgramCall(BpfProgType type, ulong name, ulong instructions, ulong count, ulong options) : ILibraryCall
{
    private const string OptionsSite = "library:prog_load.opts";
    private const string NameSite = "library:prog_load.name";
    private const string CodeSite = "library:prog_load.insns";

    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <summary>How the program is to run.</summary>
    public EbpfExecutionType Execution { get; init; }

    /// <summary>The log buffer where no options name one.</summary>
    public ProgramLog Log { get; init; }

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if ((type != BpfProgType.Unspec && ProgramTypeTable.Find(type) is null) || instructions == 0)
        {
            return call.Refuse(
                CheckTable.ApiProgramLoadArguments, $"type {(uint)type} with {(instructions == 0 ? "no " : "")}instructions given");
        }

        if (call.Library.IsNativeOnly)
        {
            return call.Refuse(CheckTable.ApiProgramLoadNative, "bytecode given");
        }

        if (!TryReadLog(call, out ProgramLog log) || !log.Require(call))
        {
            return call.Refused;
        }

        if (!CString.TryRead(call, name, NameSite, out ReadOnlySpan<byte> nameBytes))
        {
            return call.Refuse(CheckTable.ApiProgramLoadName, "unterminated name given");
        }

        return Load(call, name == 0 ? null : CString.ToText(nameBytes), log, out _);
    }

    /// <summary>Loads the program, and writes the log.</summary>
    /// <param name="call">The call in progress.</param>
    /// <param name="program">The program's name; null for one made of its instructions.</param>
    /// <param name="log">The log buffer.</param>
    /// <param name="logSize">The bytes that the log needs.</param>
    public EbpfResult Load(ApiCall call, string? program, ProgramLog log, out uint logSize)
    {
        logSize = 0;
        if (!call.Require(count is > 0 and <= uint.MaxValue / BpfInstruction.Size, CheckTable.ApiProgramLoadCount, "insn_cnt", (long)count, 1)
            || !call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiProgramLoadBuffer, "insns", instructions, (uint)count, BpfInstruction.Size)
            || !call.RequireMessageLength(LoadCodeRequest.TailOffset, count * BpfInstruction.Size))
        {
            return call.Refused;
        }

        ReadOnlySpan<byte> bytes = call.Memory.Access(instructions, (uint)count * BpfInstruction.Size, MemoryAccess.Read, CodeSite);
        BpfInstruction[] code = [.. BpfInstruction.Read(bytes)];
        program ??= Convert.ToHexStringLower(SHA256.HashData(bytes))[..(EbpfLimits.MapNameLength - 1)];
        ProgramToLoad load = new(
            ProgramTypeTable.Find(type)?.Id ?? Guid.Empty, program, program, program, code, MapsOf(call, code))
        {
            Execution = Execution,
        };
        EbpfResult result = ProgramLoader.Load(call, load, out NtHandle handle, out string? text);
        result = log.Write(call, text, result, out logSize);
        if (result == EbpfResult.Success)
        {
            return call.OpenDescriptor(handle, shape: null);
        }

        if (handle != NtHandle.Invalid)
        {
            call.Library.Gate.NtClose(call.RequestId, handle);
        }

        return result;
    }

    /// <summary>
    /// Replaces each descriptor in the instructions by its place in the list that this returns. As in upstream, the program is created
    /// before one without a handle is refused.
    /// </summary>
    private static List<LoadedMap> MapsOf(ApiCall call, BpfInstruction[] code)
    {
        List<LoadedMap> maps = [];
        List<int> descriptors = [.. ProgramLoader.ReferencesIn(code).Select(at => code[at].Immediate).Distinct().Order()];
        foreach (int descriptor in descriptors)
        {
            maps.Add(call.Library.Descriptors.TryGet(descriptor, out OpenDescriptor? entry)
                ? new(entry.Handle)
                : new(NtHandle.Invalid) { MissingDescriptor = descriptor });
        }

        foreach (int at in ProgramLoader.ReferencesIn(code))
        {
            code[at] = code[at] with { Immediate = descriptors.IndexOf(code[at].Immediate) };
        }

        return maps;
    }

    private bool TryReadLog(ApiCall call, out ProgramLog log)
    {
        log = Log;
        const uint Size = 104; // up to the end of log_buf
        if (options == 0)
        {
            return true;
        }

        if (!call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiProgramLoadBuffer, "opts", options, 1, Size, "up to log_buf"))
        {
            return false;
        }

        BpfProgLoadOpts read = default;
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<BpfProgLoadOpts>(ref read));
        call.Memory.Access(options, Size, MemoryAccess.Read, OptionsSite).CopyTo(bytes);
        log = new ProgramLog(read.LogBuf, read.LogSize);
        return true;
    }
}
