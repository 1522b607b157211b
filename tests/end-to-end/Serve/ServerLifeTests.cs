using KernelSim.EndToEnd.Tests.Process;
using KernelSim.EndToEnd.Tests.Script;

namespace KernelSim.EndToEnd.Tests.Serve;

/// <summary>How servers begin and end.</summary>
public sealed class ServerLifeTests
{
    private const string Endless = """{"op":"network_run","events_per_cpu":4294967295}""";

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public void A_signal_ends_a_server_cleanly_whatever_its_clients_are_at(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill.");
        using ServerProcess server = ServerProcess.With();
        using LineClient idle = server.Connect();
        idle.Expect(3, LabScript.CreateHash);
        using LineClient busy = server.Connect();
        busy.Send(LabScript.CreateStats + "\n" + Endless + "\n");
        Assert.Equal("""{"ret":3}""", busy.Receive());

        server.Signal(signal);
        ToolRun end = server.End();

        Assert.Equal(new ToolRun(0, "", ""), end);
        Assert.Null(idle.Receive());
        Assert.Null(busy.Receive());
        Assert.False(File.Exists(server.Socket));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("--stop")]
    [InlineData("client")]
    public void A_test_run_ends_with_its_server_or_its_client(string end)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && end == "TERM", "Signals are sent with kill.");
        using ServerProcess server = ServerProcess.With();
        using (LineClient busy = server.Connect())
        {
            busy.Send("""
                {"op":"object_load","as":"o","file":"droppacket.sys"}
                {"op":"prog_test_run","fd":"o.DropPacket","data":"00","repeat":4294967295,"batch_size":4294967295}

                """.ReplaceLineEndings("\n"));
            Assert.StartsWith("""{"ret":0""", busy.Receive(), StringComparison.Ordinal);
            if (end == "TERM")
            {
                server.Signal(end);
                Assert.Equal(new ToolRun(0, "", ""), server.End());
            }
            else if (end == "--stop")
            {
                Assert.Equal(new ToolRun(0, "", ""), server.Stop());
            }
        }

        if (end == "client")
        {
            // The client is gone. Its process holds the processor no longer.
            Assert.Equal(new ToolRun(0, "", ""), server.Stop());
        }
    }

    [Fact]
    public void Stop_ends_a_server_and_waits_until_its_name_is_free()
    {
        using ServerProcess server = ServerProcess.With();
        using System.Diagnostics.Process client = ToolProcess.Start("script", "--server", server.Name, "-");
        client.StandardInput.WriteLine("""{"op":"num_possible_cpus"}""");
        client.StandardInput.Flush();
        Assert.Equal("""{"ret":4}""", client.ReadLineWithin("the answer to the line"));

        ToolRun end = server.Stop();

        Assert.Equal(new ToolRun(0, "", ""), end);
        Assert.False(File.Exists(server.Socket));
        Assert.Equal(1, ToolRun.Of("serve", "--stop", "--name", server.Name).ExitCode);
        client.StandardInput.WriteLine("""{"op":"num_possible_cpus"}""");
        client.StandardInput.Close();
        Assert.Equal((1, "", $"kernelsim: the server '{server.Name}' ended before it answered\n"), client.EndWithin("the end of the client"));
    }

    [Fact]
    public void A_name_is_one_servers_and_another_name_anothers()
    {
        using ServerProcess one = ServerProcess.With("--cpus", "1");
        using ServerProcess two = ServerProcess.With("--cpus", "2");

        ToolRun again = ToolRun.Of("serve", "--name", one.Name, "-j");

        Assert.Equal(1, again.ExitCode);
        Assert.Equal("EEXIST", ToolRun.Parse(again.Output).GetProperty("errno_name").GetString());
        Assert.Contains(
            $"'{one.Name}' given, expected a name that is free: a server of that name runs, on {one.Socket}", again.Error, StringComparison.Ordinal);
        LabScript.Answers("""{"ret":1}""", Assert.Single(one.Run(["""{"op":"num_possible_cpus"}"""]).Json));
        LabScript.Answers("""{"ret":2}""", Assert.Single(two.Run(["""{"op":"num_possible_cpus"}"""]).Json));
    }

    [Fact]
    public void What_a_killed_server_leaves_is_swept_away_by_the_next()
    {
        using TempFolder folder = new();
        using ServerProcess one = ServerProcess.In(folder.Path, "one");
        using ServerProcess two = ServerProcess.In(folder.Path, "two");
        one.Kill();
        two.Kill();
        Assert.True(File.Exists(one.Socket) && File.Exists(two.Socket));

        using ServerProcess next = ServerProcess.In(folder.Path, "one");

        Assert.False(File.Exists(two.Socket));
        Assert.Equal(one.Socket, next.Socket);
        using LineClient client = next.Connect();
        client.Expect(4, """{"op":"num_possible_cpus"}""");
    }

    [Fact]
    public void A_killed_server_does_not_run_though_its_socket_is_there()
    {
        using ServerProcess killed = ServerProcess.With();
        killed.Kill();

        ToolRun client = killed.Run(["""{"op":"num_possible_cpus"}"""]);

        Assert.Equal(1, client.ExitCode);
        Assert.Contains($"looked for {killed.Socket}", client.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_script_s_process_stays_as_long_as_the_server()
    {
        using TempFolder folder = new();
        string file = folder.Add("first.jsonl", System.Text.Encoding.UTF8.GetBytes(LabScript.CreateHash + "\n"));
        using ServerProcess server = ServerProcess.With(file);

        ToolRun run = server.Run(["""{"op":"map_get_fd_by_id","object_id":2}"""]);

        LabScript.Answers("""{"ret":3}""", Assert.Single(run.Json));
        Assert.Equal(new ToolRun(0, "", "{\"ret\":3}\n"), server.Stop());
    }

    [Fact]
    public void A_first_script_that_is_wrong_is_the_end()
    {
        string name = ServerProcess.NewName();

        ToolRun run = ToolRun.WithInput("{}\n", "serve", "--name", name, "-");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Equal("kernelsim: script: line 1: field 'op' missing, expected the name of a call\n", run.Error);
        Assert.Equal(1, ToolRun.Of("serve", "--stop", "--name", name).ExitCode);
    }

    [Fact]
    public void Nobody_else_may_enter_the_folder_of_the_sockets()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Its temporary folder is the user's own.");
        using ServerProcess server = ServerProcess.With();
        string folder = Path.GetDirectoryName(server.Socket)!;

        UnixFileMode? mode = OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(folder);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, mode);
    }

    [Fact]
    public void The_line_for_people_names_the_server_its_socket_and_its_process()
    {
        string name = ServerProcess.NewName();
        using System.Diagnostics.Process process = ToolProcess.Start("serve", "--name", name);

        string? ready = process.ReadLineWithin("the server to be ready");

        Assert.Matches($"^serving '{name}' on .*{name}\\.sock, pid {process.Id}$", ready);
        Assert.Equal(0, ToolRun.Of("serve", "--stop", "--name", name).ExitCode);
        Assert.Equal((0, "", ""), process.EndWithin("the end of the server"));
    }
}
