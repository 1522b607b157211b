using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;
using KernelSim.Tool.Bpftool.Types;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary><c>map dump</c>.</summary>
internal sealed class MapDump
{
    private readonly BpftoolContext _context;
    private readonly TypeWords _types;
    private readonly bool _sums;
    private readonly bool _showsLayout;

    private MapDump(BpftoolContext context, WordReader words)
    {
        _context = context;
        _types = TypeWords.Take(words);
        _sums = words.TakeOption("--sum");
        _showsLayout = words.TakeOption("--layout");
    }

    private BpftoolOutput Output => _context.Output;

    /// <summary>Runs it.</summary>
    /// <exception cref="BpftoolExit">Not two words select.</exception>
    public static int Run(BpftoolContext context, WordReader words)
    {
        MapDump dump = new(context, words);
        if (words.Left != 2)
        {
            throw new BpftoolExit();
        }

        int result = ObjectSelector.ForMaps(context).OpenAll(words, out IReadOnlyList<int> fds);
        return result == 0 && fds.Count > 0 ? dump.All(fds) : BpftoolOutput.Failed;
    }

    private int All(IReadOnlyList<int> fds)
    {
        bool several = fds.Count > 1;
        BpftoolJson? json = several ? Output.Json : null;
        json?.BeginArray();
        int result = 0;
        for (int i = 0; i < fds.Count; i++)
        {
            if (result != 0)
            {
                _context.Kernel.Close(fds[i]);
                continue;
            }

            result = One(fds[i], several, isLast: i == fds.Count - 1);
        }

        json?.EndArray();
        return result;
    }

    private int One(int fd, bool hasHeader, bool isLast)
    {
        if (!MapOpening.TryDescribe(_context, fd, out MapAccess? opened))
        {
            return BpftoolOutput.Failed;
        }

        using MapAccess map = opened!;
        if (!_types.TryParse(Output, map, out ElementTypes? types))
        {
            return BpftoolOutput.Failed;
        }

        IElementExtra[] extras = [.. Extras(types)];
        if (extras.Select(e => e.ProblemWith(map)).FirstOrDefault(p => p is not null) is { } problem)
        {
            return Output.Fail(problem);
        }

        ElementPrinter printer = new(Output, types, extras);
        if (printer.Document is { } json)
        {
            return Print(json, printer, map, hasHeader);
        }

        if (hasHeader)
        {
            MapHeader.Write(Output.Out, map.Info);
        }

        int result = Elements(map, printer, out uint count);
        Output.Out.Write($"Found {count} element{(count == 1 ? "" : "s")}\n{(isLast ? "" : "\n")}");
        return result;
    }

    private static int Print(BpftoolJson json, ElementPrinter printer, MapAccess map, bool hasHeader)
    {
        if (hasHeader)
        {
            json.BeginObject();
            MapHeader.Write(json, map.Info);
            json.Name("elements");
        }

        json.BeginArray();
        int result = Elements(map, printer, out _);
        json.EndArray();
        if (hasHeader)
        {
            json.EndObject();
        }

        printer.End();
        return result;
    }

    /// <summary>Walks the map key by key.</summary>
    private static int Elements(MapAccess map, ElementPrinter printer, out uint count)
    {
        count = 0;
        for (bool first = true; ; first = false)
        {
            int result = map.NextKey(first);
            if (result != 0)
            {
                return (Errno)(-result) == Errno.ENOENT ? 0 : result;
            }

            map.Next.CopyTo(map.Key);
            result = map.Lookup();
            if (result == 0)
            {
                printer.Print(map);
                count++;
            }
            else
            {
                printer.PrintFailure(map, result);
            }
        }
    }

    private IEnumerable<IElementExtra> Extras(ElementTypes? types)
    {
        if (_sums)
        {
            yield return new ElementSum(types?.Value);
        }

        if (_showsLayout)
        {
            yield return new ElementLayout(types);
        }
    }
}
