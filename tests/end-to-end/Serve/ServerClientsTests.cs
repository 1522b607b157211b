using System.Text.Json;
using KernelSim.EndToEnd.Tests.Script;

namespace KernelSim.EndToEnd.Tests.Serve;

/// <summary>Clients of a server: many, slow, wrong, and dead.</summary>
public sealed class ServerClientsTests(ServerProcess server) : IClassFixture<ServerProcess>
{
    private const string Hello = """{"op":"server_hello"}""";
    private const string Cpus = """{"op":"num_possible_cpus"}""";

    [Fact]
    public void A_server_says_who_it_is_and_starts_no_process_for_that()
    {
        using ServerProcess fresh = ServerProcess.With("--cpus", "2", "--seed", "7");
        using LineClient client = fresh.Connect();

        JsonElement hello = client.Ask("""{"id":1,"op":"server_hello"}""");

        Assert.Equal(
            $$"""{"id":1,"ret":0,"name":"{{fresh.Name}}","socket":"{{fresh.Socket}}","pid":"""
            + $$"""{{fresh.Id}},"cpus":2,"heap":"guarded","seed":7,"library":"checked"}""",
            hello.GetRawText());
        Assert.Equal(hello.GetRawText(), "{\"id\":1,\"ret\":0," + fresh.Ready.GetRawText()[1..]);
        string[] bind =
        [
            """{"op":"network_event","cpu":0,"event":"bind"}""",
            """{"op":"gate_ioctl","message":"0c0000001700000000000000","reply_size":12}""",
        ];
        Assert.Equal(LabScript.Run(bind, "--cpus", "2", "--seed", "7"), fresh.Run(bind));
    }

    [Fact]
    public void An_assembly_of_the_clients_host_is_not_on_the_servers_machine_and_a_note_says_how_it_gets_there()
    {
        ToolRun run = server.Run(["""{"op":"object_load","file":"counter.dll"}"""]);

        Assert.Contains("api.object.file", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "note: 'counter.dll' given, expected a module of the server's machine: start the server with --driver",
            run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Many_clients_at_once_get_their_own_results_in_order()
    {
        const int Clients = 24;
        const int Calls = 40;
        using LineClient first = server.Connect();
        first.Expect(3, """{"op":"map_create","as":"m","type":"hash","name":"many","key_size":4,"value_size":4,"max_entries":2000}""");
        first.Expect(0, """{"op":"obj_pin","fd":"m","path":"/many"}""");
        LineClient[] clients = [.. Enumerable.Range(0, Clients).Select(_ => server.Connect())];
        using Barrier together = new(Clients);

        HostThreads.Run([.. clients.Select<LineClient, Action>((client, n) => () => Play(client, (uint)n))]);

        JsonElement all = first.Ask("""{"op":"map_lookup_batch","fd":"m","count":2000}""");
        Assert.Equal(Clients * Calls, all.GetProperty("count").GetInt32());
        first.Expect(0, """{"op":"obj_unpin","path":"/many"}""");

        void Play(LineClient mine, uint n)
        {
            using LineClient client = mine;
            together.WaitFor("the other clients");
            client.Expect(3, """{"op":"obj_get","as":"m","path":"/many"}""");
            for (uint i = 0; i < Calls; i++)
            {
                string key = LabScript.Key((n * Calls) + i);
                client.Expect(0, $$"""{"op":"map_update_elem","fd":"m","key":"{{key}}","value":"{{key}}"}""");
                Assert.Equal(key, client.Expect(0, $$"""{"op":"map_lookup_elem","fd":"m","key":"{{key}}"}""").GetProperty("value").GetString());
            }
        }
    }

    [Fact]
    public void A_process_too_many_is_refused_and_those_before_it_stay()
    {
        using ServerProcess full = ServerProcess.With("--cpus", "1");
        LineClient[] clients = [.. Enumerable.Range(0, 256).Select(_ => full.Connect())];
        Array.ForEach(clients, c => c.Expect(1, Cpus));

        using LineClient more = full.Connect();
        more.Expect(0, """{"op":"server_hello"}""");
        more.Send(Cpus + "\n");

        Assert.Equal(
            $$"""{"error":"process 257 of the server '{{full.Name}}' given, expected at most 256 at once","errno":24,"errno_name":"EMFILE"}""",
            more.Receive());
        Assert.Null(more.Receive());
        clients[0].Expect(1, Cpus);
        Assert.Equal(0, full.Stop().ExitCode);
        Array.ForEach(clients, c => c.Dispose());
    }

    [Fact]
    public void A_connection_too_many_is_refused_even_where_its_client_has_gone()
    {
        using ServerProcess full = ServerProcess.With("--cpus", "1");
        LineClient[] clients = [.. Enumerable.Range(0, 512).Select(_ => full.Connect())];
        Array.ForEach(clients, c => c.Expect(0, Hello));

        for (int i = 0; i < 50; i++)
        {
            full.Connect().Dispose();
        }

        using LineClient more = full.Connect();
        Assert.Equal(
            $$"""{"error":"connection 513 of the server '{{full.Name}}' given, expected at most 512 at once","errno":24,"errno_name":"EMFILE"}""",
            more.Receive());
        clients[0].Expect(1, Cpus);
        clients[0].Send("""{"op":"server_stop"}""" + "\n");
        Assert.Equal(new ToolRun(0, "", ""), full.End());
        Array.ForEach(clients, c => c.Dispose());
    }

    [Fact]
    public void A_server_whose_host_has_no_more_descriptors_refuses_clients_and_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The limit is set with ulimit.");
        using ServerProcess poor = ServerProcess.WithDescriptors(150);
        List<LineClient> served = [];
        for (int i = 0; i < 200; i++)
        {
            LineClient client = poor.Connect();
            string? refusal = client.TryAsk(Hello);
            if (refusal is not null && !refusal.Contains("error", StringComparison.Ordinal))
            {
                served.Add(client);
                continue;
            }

            client.Dispose();
            Assert.Equal(
                $$"""{"error":"one more connection of the server '{{poor.Name}}' given, expected fewer at once: """
                + """its host is out of descriptors","errno":24,"errno_name":"EMFILE"}""",
                refusal);
        }

        Assert.InRange(served.Count, 1, 149);
        served[0].Expect(4, Cpus);
        served[0].Send("""{"op":"server_stop"}""" + "\n");
        Assert.Equal(new ToolRun(0, "", ""), poor.End());
        served.ForEach(c => c.Dispose());
    }

    [Fact]
    public void A_client_that_does_not_read_holds_nobody_up()
    {
        using LineClient silent = server.Connect();
        using LineClient other = server.Connect();
        silent.Expect(3, """{"op":"map_create","as":"m","type":"array","name":"large","key_size":4,"value_size":60000,"max_entries":1}""");

        // More than the host keeps for a reader that does not read.
        for (int i = 0; i < 40; i++)
        {
            silent.Send("""{"op":"map_lookup_elem","fd":"m","key":"00000000"}""" + "\n");
        }

        other.Expect(4, Cpus);
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(120_000 + """{"ret":0,"value":""}""".Length, silent.Receive()!.Length);
        }
    }

    [Fact]
    public void A_line_that_is_wrong_ends_its_connection_alone()
    {
        using LineClient wrong = server.Connect();
        using LineClient other = server.Connect();
        other.Expect(4, Cpus);
        wrong.Expect(4, Cpus);

        wrong.Send("""{"op":"reboot"}""" + "\n" + Cpus + "\n");

        JsonElement error = ToolRun.Parse(wrong.Receive()!);
        Assert.StartsWith(
            "script: line 2: op 'reboot' given, expected one of num_possible_cpus, ",
            error.GetProperty("error").GetString(),
            StringComparison.Ordinal);
        Assert.Equal((22, "EINVAL"), (error.GetProperty("errno").GetInt32(), error.GetProperty("errno_name").GetString()));
        Assert.Null(wrong.Receive());
        other.Expect(4, Cpus);
    }

    [Fact]
    public void A_line_without_an_end_in_sight_is_refused()
    {
        const int Limit = 16 << 20;
        using LineClient client = server.Connect();
        client.Send(Cpus + "\n");

        client.Send(new string(' ', Limit) + "x");

        Assert.Equal("""{"ret":4}""", client.Receive());
        Assert.Contains($"line 2: more than {Limit} bytes given, expected at most {Limit}", client.Receive(), StringComparison.Ordinal);
        Assert.Null(client.Receive());
    }

    [Fact]
    public void A_client_that_has_sent_its_last_line_gets_every_answer()
    {
        using LineClient client = server.Connect();

        client.Send(Cpus + "\r\n" + Cpus + "\n" + Cpus);
        client.Finish();

        Assert.Equal(["""{"ret":4}""", """{"ret":4}""", """{"ret":4}""", null], Enumerable.Range(0, 4).Select(_ => client.Receive()));
    }

    [Fact]
    public void The_end_of_a_client_ends_its_process_in_the_middle_of_a_call()
    {
        using LineClient watcher = server.Connect();
        using (LineClient dying = server.Connect())
        {
            dying.Expect(0, """{"op":"object_load","as":"o","file":"droppacket.sys"}""");
            dying.Ask("""{"op":"prog_attach","as":"l","fd":"o.DropPacket","ifindex":1}""");
            dying.Expect(0, """{"op":"obj_pin","fd":"o.dropped_packet_map","path":"/dropped"}""");
            dying.Send("""{"op":"network_run","events_per_cpu":4294967295}""" + "\n");

            // It is in the middle once its program has seen a packet.
            watcher.Expect(3, """{"op":"obj_get","as":"m","path":"/dropped"}""");
            while (watcher.Ask("""{"op":"map_lookup_elem","fd":"m","key":"00000000"}""").GetProperty("value").GetString()!.All(c => c == '0'))
            {
            }

            watcher.Expect(0, """{"op":"link_get_next_id"}""");
        }

        // Its link was open nowhere else. Each question is a call: nobody waits for time.
        while (watcher.Ask("""{"op":"link_get_next_id"}""").GetProperty("ret").GetInt64() == 0)
        {
        }

        watcher.Expect(0, """{"op":"obj_unpin","path":"/dropped"}""");
    }
}
