using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Batches;
using KernelSim.Tool.Bpftool.Links;
using KernelSim.Tool.Bpftool.Maps;
using KernelSim.Tool.Bpftool.Programs;

namespace KernelSim.Tool.Bpftool;

/// <summary>The nouns, in the order in which bpftool looks for the one that a word begins.</summary>
internal static class NounTable
{
    /// <summary>Maps.</summary>
    public static NounRow Map { get; } = new("map", UsageText.OfMaps,
    [
        new("show", "List the maps, or show one.", "[MAP]", MapShow.Run, "kernelsim map show name stats -j"),
        new("list", "The same as show.", "[MAP]", MapShow.Run, "kernelsim map list -f"),
        new("help", "Print bpftool's usage.", "", (c, _) => Map!.Help(c), "kernelsim map help"),
        new("dump", "Print a map's elements.", "MAP", MapDump.Run, "kernelsim map dump name stats --sum --value 'struct { u64 packets; u64 bytes; }'")
        {
            Options = OptionOfVerb.OfDump,
        },
        new("update", "Store an element; a value of a per-CPU map goes to all CPUs.", "MAP key DATA value VALUE [UPDATE_FLAGS]",
            MapUpdate.Run, "kernelsim map update name stats key 53 0 0 0 value hex 01 00 00 00 00 00 00 00"),
        new("lookup", "Print an element.", "MAP [key DATA]", MapLookup.Run, "kernelsim map lookup name stats key 53 0 0 0")
        {
            Options = OptionOfVerb.Types,
        },
        new("getnext", "Print the key after a key, or the first.", "MAP [key DATA]", MapGetNext.Run, "kernelsim map getnext name stats"),
        new("delete", "Delete an element.", "MAP key DATA", MapDelete.Run, "kernelsim map delete name stats key 53 0 0 0"),
        new("pin", "Pin a map at a path.", "MAP FILE", MapPin.Run, "kernelsim map pin name stats /ebpf/global/stats"),
        new("event_pipe", "Print the records of a perf event array or a ring buffer until Ctrl-C.", "MAP [cpu N index M]",
            MapEventPipe.Run, "kernelsim map event_pipe name events"),
        new("create", "Create a map and pin it.", "FILE type TYPE key KEY_SIZE value VALUE_SIZE entries MAX_ENTRIES name NAME [...]",
            MapCreate.Run, "kernelsim map create /ebpf/global/stats type percpu_hash key 4 value 8 entries 64 name stats"),
        new("peek", "Print the next element of a queue or stack.", "MAP", MapLookup.Run, "kernelsim map peek name work"),
        new("push", "Push a value onto a stack.", "MAP value VALUE", MapUpdate.Run, "kernelsim map push name work value 1 0 0 0"),
        new("enqueue", "Append a value to a queue.", "MAP value VALUE", MapUpdate.Run, "kernelsim map enqueue name work value 1 0 0 0"),
        new("pop", "Take and print the top of a stack.", "MAP", MapPop.Run, "kernelsim map pop name work"),
        new("dequeue", "Take and print the head of a queue.", "MAP", MapPop.Run, "kernelsim map dequeue name work"),
        new("freeze", "Refused, as eBPF for Windows does: maps stay writable.", "MAP", MapFreeze.Run, "kernelsim map freeze name stats"),
    ]);

    /// <summary>Programs.</summary>
    public static NounRow Program { get; } = new("prog", UsageText.OfPrograms,
    [
        new("show", "List the programs, or show one.", "[PROG]", ProgShow.Run, "kernelsim prog show name DropPacket"),
        new("list", "The same as show.", "[PROG]", ProgShow.Run, "kernelsim prog list -f"),
        new("help", "Print bpftool's usage.", "", (c, _) => Program!.Help(c), "kernelsim prog help"),
        new("dump", "Print a program's instructions; native programs have none.", "xlated|jited PROG [file FILE|opcodes|visual|linum]",
            ProgDump.Run, "kernelsim prog dump xlated name count_packets linum"),
        new("pin", "Pin a program at a path.", "PROG FILE", ProgPin.Run, "kernelsim prog pin name DropPacket /ebpf/global/drop"),
        new("load", "Load an object file or a native module and pin its first program.", "OBJ PATH [type TYPE] [pinmaps MAP_DIR]",
            (c, w) => ProgLoad.Run(c, w, firstOnly: true), "kernelsim prog load counter.o /ebpf/global/count"),
        new("loadall", "Load an object file or a native module and pin all its programs.", "OBJ PATH [type TYPE] [pinmaps MAP_DIR]",
            (c, w) => ProgLoad.Run(c, w, firstOnly: false), "kernelsim prog loadall tail_call_chain.sys /ebpf/global/chain"),
        new("attach", "Attach a program to a hook.", "PROG ATTACH_TYPE", ProgAttach.Run, "kernelsim prog attach name DropPacket xdp"),
        new("detach", "Detach a program from a hook.", "PROG ATTACH_TYPE", ProgDetach.Run, "kernelsim prog detach name DropPacket xdp"),
        new("run", "Run a program on data.", "PROG data_in FILE [data_out FILE] [ctx_in FILE] [repeat N]",
            ProgTestRun.Run, "kernelsim prog run name DropPacket data_in packet.bin data_out - repeat 5"),
        new("profile", "Refused, as a bpftool that was built without clang does.", "PROG [duration SECONDS] METRIC...",
            (c, _) => ProgProfile.Run(c), "kernelsim prog profile name DropPacket duration 1 cycles"),
    ]);

    /// <summary>Links.</summary>
    public static NounRow Link { get; } = new("link", UsageText.OfLinks,
    [
        new("show", "List the links, or show one.", "[LINK]", LinkShow.Run, "kernelsim link show id 7"),
        new("list", "The same as show.", "[LINK]", LinkShow.Run, "kernelsim link list -f"),
        new("help", "Print bpftool's usage.", "", (c, _) => Link!.Help(c), "kernelsim link help"),
        new("pin", "Pin a link at a path.", "LINK FILE", LinkPin.Run, "kernelsim link pin id 7 /ebpf/global/mylink"),
        new("detach", "Detach a link from its hook.", "LINK", LinkDetach.Run, "kernelsim link detach id 7"),
    ]);

    private static readonly (string Name, Func<BpftoolContext, WordReader, int> Run)[] s_rows =
    [
        ("help", (c, _) => UsageText.Print(c.Output, UsageText.OfTool)),
        ("batch", BatchFile.Run),
        (Program.Name, Program.Run),
        (Map.Name, Map.Run),
        (Link.Name, Link.Run),
        ("version", (c, _) => VersionText.Print(c.Output)),
    ];

    /// <summary>Runs the command that the words begin with.</summary>
    /// <exception cref="BpftoolExit">The command ends the tool.</exception>
    public static int Run(BpftoolContext context, WordReader words)
    {
        (_, Func<BpftoolContext, WordReader, int>? run) = words.Left == 0 ? s_rows[0] : Array.Find(s_rows, r => words.Is(r.Name));
        if (run is null)
        {
            UsageText.Print(context.Output, UsageText.OfTool);
            return BpftoolOutput.Failed;
        }

        if (words.Left > 0)
        {
            words.Skip();
        }

        return run(context, words);
    }
}
