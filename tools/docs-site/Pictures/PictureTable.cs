namespace KernelSim.DocsSite.Pictures;

/// <summary>The pictures of the documentation that show the tool.</summary>
internal static class PictureTable
{
    /// <summary>Records a run of the counter in C with each instruction.</summary>
    private static readonly string[] s_counter =
        ["trace", "collect", "--profile", "instructions", "-o", "counter.nettrace", "--", "kernelsim", "script", "--cpus", "2", "counter.jsonl"];

    private const string CounterScript = """
        {"op":"object_load","as":"c","file":"counter.o","execution":"interpreter"}
        {"op":"prog_attach","as":"l","fd":"c.count_packets","ifindex":1}
        {"op":"network_event","cpu":1,"event":"packet","protocol":"udp","local_port":53,"ifindex":1,"payload":100}

        """;

    /// <summary>All of them. A new one is a row.</summary>
    public static IReadOnlyList<IPicture> All { get; } =
    [
        new TerminalPicture("teaching-tour.svg", ["tour"], From: "━━ 1 · ", Lines: 30),
        new TerminalPicture("teaching-museum.svg", ["museum", "run", "efw-1420", "--before"], From: "━━ before", Lines: 14),
        new BrowserPicture("trace-viewer.png", 1280, 960)
        {
            Commands = [["tour", "--trace", "tour.nettrace"], ["trace", "view", "tour.nettrace", "-o", "page.html"]],
        },
        new BrowserPicture("trace-viewer-check.png", 1280, 1010)
        {
            Commands = [["tour", "--trace", "tour.nettrace"], ["trace", "view", "tour.nettrace", "-o", "page.html"]],
            Place = "#request=31",
        },
        new BrowserPicture("trace-viewer-program.png", 1280, 960)
        {
            Files = { ["counter.jsonl"] = CounterScript },
            Copies = ["samples/c/counter.o"],
            Commands = [s_counter, ["trace", "view", "counter.nettrace", "-o", "page.html"]],
            EventWithText = "call bpf_map_lookup_elem",
        },
    ];
}
