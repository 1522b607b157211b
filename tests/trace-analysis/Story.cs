using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Tests;

/// <summary>
/// Writes the events of one batch call to the real providers, as library and kernel would. Providers belong to the host process, so
/// each story has request ids of its own.
/// </summary>
internal sealed class Story
{
    private static ulong s_lastId = 1UL << 40;

    public ulong Id { get; } = Interlocked.Increment(ref s_lastId);

    public Story Call(string function = "bpf_map_lookup_batch", long count = 8, int descriptor = 3)
    {
        UserApiEventSource.Log.ApiCallStart(Id, function, descriptor, count);
        return this;
    }

    public Story Values(long bytes)
    {
        UserApiEventSource.Log.ApplicationBuffer(Id, 8, "bpf_map_lookup_batch", "keys", 0x1000, 32);
        UserApiEventSource.Log.ApplicationBuffer(Id, 8, "bpf_map_lookup_batch", "values", 0x2000, bytes);
        return this;
    }

    public Story LibrarySays(long valueSize, long stride, int cpus)
    {
        UserApiEventSource.Log.BatchLayout(Id, "bpf_map_lookup_batch", 4, valueSize, stride, stride * cpus, cpus, 100);
        return this;
    }

    public Story KernelSays(long valueSize, long stride, int cpus)
    {
        KernelEventSource.Log.MapLayout(Id, 0, 1, 4, valueSize, stride, stride * cpus, cpus);
        return this;
    }

    public Story KernelCreates(string type, long valueSize)
    {
        KernelEventSource.Log.MapCreate(Id, 0, 7, "stats", type, 4, valueSize, 64);
        return this;
    }

    public Story Check(string check)
    {
        UserApiEventSource.Log.SizeCheck(Id, check, "count", 8, 1, passed: true);
        return this;
    }

    public Story Ioctl(Action<Story>? inside = null, string status = "STATUS_SUCCESS")
    {
        KernelEventSource.Log.IoctlStart(Id, 0, 8, "map_get_next_key_value_batch", 17, 552);
        inside?.Invoke(this);
        KernelEventSource.Log.IoctlStop(Id, 0, "map_get_next_key_value_batch", status, 552);
        return this;
    }

    public Story Fetch(int elements, long bytes = 64)
    {
        for (int i = 0; i < elements; i++)
        {
            KernelEventSource.Log.Copy(Id, 0, CopyStage.MapFetch, i, -1, 0xffff_8000_0000_0000 + (ulong)(i * bytes), (ulong)(i * bytes), bytes);
        }

        return this;
    }

    public Story Refuse(long given, long expected)
    {
        UserApiEventSource.Log.SizeCheck(Id, "api.lookup_batch.values", "values", given, expected, passed: false);
        UserApiEventSource.Log.InvalidArgument(
            Id, "api.lookup_batch.values", "library:lookup_batch", "EBPF_INVALID_ARGUMENT", "STATUS_INVALID_PARAMETER", "EINVAL");
        return this;
    }

    public Story EndOfProcess(string access, ulong address)
    {
        KernelEventSource.Log.AccessViolation(Id, 0, 8, access, address, 64, "library:lookup_batch.values");
        return this;
    }

    public Story Fault(string access, ulong address)
    {
        UserApiEventSource.Log.AccessViolation(Id, 8, access, address, 64, "library:lookup_batch.values");
        return this;
    }

    public Story Return(int result = 0, string errno = "", long count = 8)
    {
        UserApiEventSource.Log.ApiCallStop(Id, "bpf_map_lookup_batch", result, errno, count);
        return this;
    }
}
