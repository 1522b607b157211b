using System.CommandLine;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Playground;

/// <summary><c>playground</c>: serves the page with the machine on this host alone, and opens it.</summary>
internal sealed class PlaygroundCommand : ICommandModule
{
    private readonly Option<int?> _port = new("--port")
    {
        Description = $"The port on 127.0.0.1; 0 takes a free one. Default: {PlaygroundServer.UsualPort}, or a free one if that is taken.",
        HelpName = "N",
        CustomParser = result => NumberArgument.Read(result, 0, 65_535),
    };

    private readonly Option<string?> _folder = new("--folder")
    {
        Description = "The published page. Default: the one of the checkout that the current folder is in.",
        HelpName = "FOLDER",
        CompletionSources = { Offers.Folders },
    };

    private readonly Option<bool> _noBrowser = new("--no-browser") { Description = "Only serve and print the address." };

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim playground --port 8080 --no-browser", "Serves the page on http://127.0.0.1:8080/ until Ctrl-C.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("playground", "Serve the page in which the machine runs, on 127.0.0.1, and open it in a browser.");
        command.Options.Add(_port);
        command.Options.Add(_folder);
        command.Options.Add(_noBrowser);
        command.SetAction(parsed => Run(console, parsed.GetValue(_port), parsed.GetValue(_folder), !parsed.GetValue(_noBrowser)));
        return command;
    }

    private static int Run(ToolConsole console, int? port, string? given, bool opensBrowser)
    {
        if (PlaygroundFolder.Find(given, Environment.CurrentDirectory, out string folder) is { } missing)
        {
            return missing.Tell(console, OutputFormat.Text);
        }

        if (PlaygroundServer.Start(new StaticSite(folder), port, out PlaygroundServer? server) is { } failure)
        {
            return failure.Tell(console, OutputFormat.Text);
        }

        using (server)
        {
            using StopSignal stop = new(duration: null, server!.Stop);
            console.Out.WriteLine(server.Address);
            console.Out.Flush();
            if (opensBrowser && BrowserWindow.Open(server.Address) is { } reason)
            {
                console.Note($"playground: no browser opened: {reason}");
            }

            console.Note("playground: Ctrl-C ends it");
            server.ServeAll();
        }

        return ExitCode.Done;
    }
}
