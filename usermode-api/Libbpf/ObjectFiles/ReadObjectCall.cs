using KernelSim.ObjectFiles;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    private bpf_object? OpenFile(string path, string name, string? pinRoot, string function)
    {
        ReadObjectCall read = new(path);
        return Result(ref read, function) == EbpfResult.Success ? Open(read, path, name, pinRoot) : null;
    }

    private bpf_object? OpenMemory(ulong buffer, ulong size, string name, string? pinRoot, string function)
    {
        ReadObjectCall read = new(buffer, size, name);
        return Result(ref read, function) == EbpfResult.Success ? Open(read, name, name, pinRoot) : null;
    }

    private bpf_object Open(in ReadObjectCall read, string path, string name, string? pinRoot) =>
        Remember(new bpf_object(path, name, pinRoot ?? DefaultPinRoot, read.File!));
}

/// <summary><c>load_byte_code</c>: reads an object file, from the host's files or from the process's memory.</summary>
internal struct ReadObjectCall : ILibraryCall
{
    private const string Site = "library:object.buffer";

    private readonly string _name;
    private readonly string? _path;
    private readonly ulong _buffer;
    private readonly ulong _size;

    /// <summary>A file of the host.</summary>
    public ReadObjectCall(string path)
    {
        _name = _path = path;
    }

    /// <summary>The contents of a file in the process's memory.</summary>
    /// <param name="buffer">Address of the contents.</param>
    /// <param name="size">Their size in bytes.</param>
    /// <param name="name">The object's name.</param>
    public ReadObjectCall(ulong buffer, ulong size, string name)
    {
        (_buffer, _size, _name) = (buffer, size, name);
    }

    /// <inheritdoc/>
    public readonly int Descriptor => -1;

    /// <summary>What the file has, on success.</summary>
    public BpfObjectFile? File { get; private set; }

    /// <inheritdoc/>
    public readonly long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (call.Library.IsNativeOnly)
        {
            return call.Refuse(CheckTable.ApiObjectNative, _path is null ? "contents in memory given" : $"'{_path}' given");
        }

        if (_path is not null)
        {
            return TryReadFile(call, _path, out byte[] bytes) ? Parse(call, bytes) : call.Refused;
        }

        uint size = (uint)Math.Min(_size, uint.MaxValue);
        return call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiObjectBuffer, "buffer", _buffer, 1, size, "buffer_size")
            ? Parse(call, call.Memory.Access(_buffer, size, MemoryAccess.Read, Site))
            : call.Refused;
    }

    private EbpfResult Parse(ApiCall call, ReadOnlySpan<byte> bytes)
    {
        if (BpfObjectFile.TryRead(bytes, _name, out BpfObjectFile? file, out ObjectProblem? problem))
        {
            File = file;
            return EbpfResult.Success;
        }

        return call.Checks.Refuse(problem.Check, problem.Given, problem.Expected, problem.Text);
    }

    private static bool TryReadFile(ApiCall call, string path, out byte[] bytes)
    {
        bytes = [];
        string reason = "the host's files are not available here";
        if (call.Library.ReadsHostFiles)
        {
            try
            {
                bytes = System.IO.File.ReadAllBytes(path);
                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                reason = e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : e.Message;
            }
        }

        call.Refuse(CheckTable.ApiObjectHostFile, $"'{path}' given, {reason}");
        return false;
    }
}
