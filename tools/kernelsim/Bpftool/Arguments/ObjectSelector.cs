using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Arguments;

/// <summary>Opens the objects of a kind that words such as <c>id 3</c> or <c>name stats</c> select.</summary>
internal sealed class ObjectSelector
{
    /// <summary>The longest name that an object of the machine has.</summary>
    private const int LongestName = EbpfLimits.MapNameLength - 1;

    private readonly BpftoolContext _context;
    private readonly ObjectKind _kind;
    private readonly SelectorRow[] _rows;
    private readonly string _several;

    private ObjectSelector(BpftoolContext context, ObjectKind kind, string several, params SelectorRow[] rows)
    {
        (_context, _kind, _several, _rows) = (context, kind, several, rows);
    }

    private BpftoolOutput Output => _context.Output;

    private BpftoolKernel Kernel => _context.Kernel;

    /// <summary>Selects maps.</summary>
    public static ObjectSelector ForMaps(BpftoolContext context) => new(
        context,
        ObjectKind.Map,
        "several maps match this handle",
        new("id", (s, w) => s.OpenId(w, "get map by id ({0}): {1}")),
        new("name", (s, w) => s.OpenNamed(w, fd => s.NameOf<BpfMapInfo>(fd, i => i.Name))),
        new("pinned", (s, w) => s.OpenPinned(w)));

    /// <summary>Selects programs.</summary>
    public static ObjectSelector ForPrograms(BpftoolContext context) => new(
        context,
        ObjectKind.Program,
        "several programs match this handle",
        new("id", (s, w) => s.OpenId(w, "get by id ({0}): {1}")),
        new("tag", (s, w) => s.OpenTagged(w)),
        new("name", (s, w) => s.OpenNamed(w, fd => s.NameOf<BpfProgInfo>(fd, i => i.Name))),
        new("pinned", (s, w) => s.OpenPinned(w)));

    /// <summary>Selects links.</summary>
    public static ObjectSelector ForLinks(BpftoolContext context) => new(
        context,
        ObjectKind.Link,
        "several links match this handle",
        new("id", (s, w) => s.OpenId(w, "failed to get link with ID {0}: {1}", keepsError: true)),
        new("pinned", (s, w) => s.OpenPinned(w)));

    /// <summary>Opens all that match.</summary>
    /// <param name="words">The words; those that select are taken.</param>
    /// <param name="fds">Descriptors, which the caller closes; empty if none matches, which is no complaint.</param>
    /// <returns>0, or what bpftool returns after its complaint.</returns>
    public int OpenAll(WordReader words, out IReadOnlyList<int> fds)
    {
        fds = [];
        if (Array.Find(_rows, r => words.Is(r.Keyword)) is not { } row)
        {
            string[] quoted = [.. _rows.Select(r => $"'{r.Keyword}'")];
            return Output.Fail($"expected {string.Join(", ", quoted[..^1])} or {quoted[^1]}, got: '{words.Current ?? "(null)"}'?");
        }

        words.Skip();
        Selection selection = row.Select(this, words);
        fds = selection.Fds;
        return selection.Result;
    }

    /// <summary>Opens the one that matches.</summary>
    /// <returns>False if none does, which is no complaint, or after a complaint.</returns>
    public bool TryOpenOne(WordReader words, out int fd) => OpenOne(words, out fd) == 0;

    /// <summary>Opens the one that matches.</summary>
    /// <returns>0, or what bpftool returns if none does.</returns>
    public int OpenOne(WordReader words, out int fd)
    {
        int result = OpenAll(words, out IReadOnlyList<int> fds);
        fd = fds.Count == 1 ? fds[0] : -1;
        if (result != 0 || fds.Count == 1)
        {
            return result;
        }

        if (fds.Count > 1)
        {
            CloseAll(fds);
            return Output.Fail(_several);
        }

        return BpftoolOutput.Failed;
    }

    private Selection OpenId(WordReader words, string complaint, bool keepsError = false)
    {
        if (!CNumber.TryParse(words.Current ?? "", out uint id))
        {
            return Selection.Failed(Output.Fail($"can't parse {words.Current} as ID"));
        }

        words.Skip();
        int fd = Kernel.Open(_kind, id);
        if (fd >= 0)
        {
            return Selection.Of([fd]);
        }

        int result = Output.Fail(string.Format(null, complaint, id, ErrnoText.Of(fd)));
        return Selection.Failed(keepsError ? fd : result);
    }

    private Selection OpenPinned(WordReader words)
    {
        string path = words.Current ?? "";
        words.Skip();
        int fd = Kernel.OpenPinned(path);
        if (fd < 0)
        {
            return Selection.Failed(Output.FailCall($"bpf obj get ({path})", fd));
        }

        EbpfObjectType type = Kernel.TypeOf(fd);
        if (type == _kind.Type)
        {
            return Selection.Of([fd]);
        }

        Kernel.Close(fd);
        return Selection.Failed(Output.Fail($"incorrect object type: {ObjectKind.NameOf(type)}"));
    }

    private Selection OpenNamed(WordReader words, Func<int, string?> nameOf)
    {
        string name = words.Current ?? "";
        if (name.Length > LongestName)
        {
            return Selection.Failed(Output.Fail("can't parse name"));
        }

        words.Skip();
        return OpenWhere(fd => nameOf(fd) == name);
    }

    private Selection OpenTagged(WordReader words)
    {
        if (!ProgramTag.TryParse(words.Current ?? "", out ulong tag))
        {
            return Selection.Failed(Output.Fail("can't parse tag"));
        }

        words.Skip();
        return OpenWhere(fd => ProgramTag.Of(Kernel, fd) == tag);
    }

    private Selection OpenWhere(Func<int, bool> matches)
    {
        List<int> found = [];
        for (uint id = 0; ;)
        {
            int result = Kernel.NextId(_kind, id, out uint next);
            if (result != 0)
            {
                return (Errno)(-result) == Errno.ENOENT ? Selection.Of(found) : Abandon(found, ErrnoText.Of(result));
            }

            id = next;
            int fd = Kernel.Open(_kind, id);
            if (fd < 0)
            {
                return Abandon(found, $"can't get {_kind.Name} by id ({id}): {ErrnoText.Of(fd)}");
            }

            if (matches(fd))
            {
                found.Add(fd);
            }
            else
            {
                Kernel.Close(fd);
            }
        }
    }

    private Selection Abandon(List<int> found, string complaint)
    {
        CloseAll(found);
        return Selection.Failed(Output.Fail(complaint));
    }

    private string? NameOf<TInfo>(int fd, Func<TInfo, ObjectName> nameOf)
        where TInfo : unmanaged
    {
        TInfo info = default;
        return Kernel.GetInfo(fd, ref info) == 0 ? nameOf(info).ToString() : null;
    }

    private void CloseAll(IEnumerable<int> fds)
    {
        foreach (int fd in fds)
        {
            Kernel.Close(fd);
        }
    }

    /// <summary>A way to select.</summary>
    private sealed record SelectorRow(string Keyword, Func<ObjectSelector, WordReader, Selection> Select);

    /// <summary>What was selected, or what bpftool returns after its complaint.</summary>
    private readonly record struct Selection(int Result, IReadOnlyList<int> Fds)
    {
        public static Selection Of(IReadOnlyList<int> fds) => new(0, fds);

        public static Selection Failed(int result) => new(result, []);
    }
}
