// Plays pursuit for one episode, then solves the climbing game. Address: first argument, else VSGGYM_ADDRESS, else 127.0.0.1:50051.
using VsgGym.Client;

await using var client = await VsgGymClient.ConnectAsync(args.Length > 0 ? args[0] : null);
await using var env = await client.MakeAsync("pursuit-v0", new() { NumEnvs = 64, Seed = 0, Seats = ["hunter"], Others = new() { ["prey"] = "uniform" } });

double score = 0;
var step = await env.ResetAsync();
for (int t = 0; t < env.Horizon; t++)
{
    int actions = step.LegalActions("hunter").Length / env.NumEnvs;
    for (int copy = 0; copy < env.NumEnvs; copy++) // the first legal move of each copy
        env.Actions("hunter")[copy] = step.LegalActions("hunter").Slice(copy * actions, actions).IndexOf(true);
    step = await env.StepAsync();
    foreach (double reward in step.Rewards("hunter")) score += reward / env.NumEnvs;
}

Console.WriteLine($"pursuit-v0: the hunter's mean score over {env.NumEnvs} episodes is {score:0.00}");
var solution = await client.SolveAsync("climbing-v0", "rommeo_q", new() { ["episodes"] = 300 }, new() { Seed = 0 });
Console.WriteLine($"climbing-v0: player_0 plays {solution.Policies["player_0"]}, NashConv {solution.Certificate.Gap:0.000} after {solution.Iterations} episodes");
