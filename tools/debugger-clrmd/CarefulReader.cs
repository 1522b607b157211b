using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Diagnostics.Runtime;
using Microsoft.Diagnostics.Runtime.DataReaders.Implementation;

namespace KernelSim.Debugger.ClrMd;

/// <summary>
/// Reads a process that may end meanwhile. The library's own reader throws then, and it is called by the runtime's native code, through which
/// no exception passes: here what cannot be read is no bytes.
/// </summary>
internal sealed class CarefulReader(IDataReader reader) : IDataReader, IThreadReader, IDisposable
{
    /// <inheritdoc/>
    public string DisplayName => reader.DisplayName;

    /// <inheritdoc/>
    public bool IsThreadSafe => reader.IsThreadSafe;

    /// <inheritdoc/>
    public OSPlatform TargetPlatform => reader.TargetPlatform;

    /// <inheritdoc/>
    public Architecture Architecture => reader.Architecture;

    /// <inheritdoc/>
    public int ProcessId => reader.ProcessId;

    /// <inheritdoc/>
    public int PointerSize => reader.PointerSize;

    /// <inheritdoc/>
    public IEnumerable<ModuleInfo> EnumerateModules() => Try(() => reader.EnumerateModules().ToArray()) ?? [];

    /// <inheritdoc/>
    public IEnumerable<uint> EnumerateOSThreadIds() => Try(() => (reader as IThreadReader)?.EnumerateOSThreadIds().ToArray()) ?? [];

    /// <inheritdoc/>
    public ulong GetThreadTeb(uint osThreadId) => Try(() => (reader as IThreadReader)?.GetThreadTeb(osThreadId)) ?? 0;

    /// <inheritdoc/>
    public bool GetThreadContext(uint threadID, uint contextFlags, Span<byte> context)
    {
        try
        {
            return reader.GetThreadContext(threadID, contextFlags, context);
        }
        catch (Exception refused) when (ClrMdReading.IsRefusal(refused))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public int Read(ulong address, Span<byte> buffer)
    {
        try
        {
            return reader.Read(address, buffer);
        }
        catch (Exception refused) when (ClrMdReading.IsRefusal(refused))
        {
            return 0;
        }
    }

    /// <inheritdoc/>
    public bool Read<T>(ulong address, out T value)
        where T : unmanaged
    {
        value = default;
        return Read(address, MemoryMarshal.AsBytes(new Span<T>(ref value))) ==
            Unsafe.SizeOf<T>();
    }

    /// <inheritdoc/>
    public T Read<T>(ulong address)
        where T : unmanaged => Read(address, out T value) ? value : default;

    /// <inheritdoc/>
    public bool ReadPointer(ulong address, out ulong value) => Read(address, out value);

    /// <inheritdoc/>
    public ulong ReadPointer(ulong address) => Read<ulong>(address);

    /// <inheritdoc/>
    public void FlushCachedData() => reader.FlushCachedData();

    /// <inheritdoc/>
    public void Dispose() => (reader as IDisposable)?.Dispose();

    private static T? Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception refused) when (ClrMdReading.IsRefusal(refused))
        {
            return default;
        }
    }
}
