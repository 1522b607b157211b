using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary><c>map event_pipe</c>: prints records as they are written, until Ctrl-C.</summary>
internal sealed class MapEventPipe
{
    private const int WaitMilliseconds = 200;

    private readonly BpftoolContext _context;
    private uint? _cpu;
    private uint? _index;

    private MapEventPipe(BpftoolContext context) => _context = context;

    private BpftoolOutput Output => _context.Output;

    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words)
    {
        using MapAccess? map = ObjectSelector.ForMaps(context).TryOpenOne(words, out int fd)
            && MapOpening.TryDescribe(context, fd, out MapAccess? opened) ? opened : null;
        return map is null ? BpftoolOutput.Failed : new MapEventPipe(context).Run(words, map);
    }

    private int Run(WordReader words, MapAccess map)
    {
        if (map.Info.Type is not (BpfMapType.PerfEventArray or BpfMapType.Ringbuf))
        {
            return Output.Fail("map is not a perf event array");
        }

        while (words.Left > 0)
        {
            if (words.Left < 2)
            {
                return words.Refuse();
            }

            bool isCpu = words.Is("cpu");
            if (!isCpu && !words.Is("index"))
            {
                return words.Refuse();
            }

            words.Skip();
            if (!CNumber.TryParse(words.Current!, out uint number))
            {
                return Output.Fail($"can't parse {words.Current} as {(isCpu ? "CPU ID" : "index")}");
            }

            _cpu = isCpu ? number : _cpu;
            _index = isCpu ? _index : number;
            words.Skip();
        }

        return (_cpu is null) == (_index is null) ? Follow(map) : Output.Fail("cpu and index must be specified together");
    }

    private int Follow(MapAccess map)
    {
        if (_cpu >= (uint)_context.Kernel.Processors)
        {
            Output.Warn($"failed to open perf buffer event on cpu #{_cpu}: {ErrnoText.Of(Errno.EINVAL)}");
            return FailOpen(Errno.EINVAL);
        }

        using IRecordSource? source = RecordSources.Open(_context.Kernel, map, new RecordPrinter(Output, _cpu, _index));
        if (source is null)
        {
            return FailOpen(_context.Kernel.Library.errno);
        }

        CancellationToken stop = _context.Host.HandleInterruption();
        Output.Json?.BeginArray();
        Output.Out.Flush();
        while (!stop.IsCancellationRequested)
        {
            int result = source.Poll(WaitMilliseconds);
            if (result < 0)
            {
                return Output.Fail($"perf buffer polling failed: {ErrnoText.Of(result)} ({-result})");
            }

            if (result > 0)
            {
                Output.Out.Flush();
            }
        }

        Output.Error.Write("Stopping...\n");
        Output.Json?.EndArray();
        return 0;
    }

    private int FailOpen(Errno errno) => Output.Fail($"failed to create perf buffer: {ErrnoText.Of(errno)} ({(int)errno})");
}
