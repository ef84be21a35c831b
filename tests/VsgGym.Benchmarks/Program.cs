using System.Globalization;
using VsgGym.Benchmarks;
using VsgGym.Benchmarks.Learning;

// Every time is shown as a ratio to a reference measured in the same run: run it on an idle machine.
//   dotnet run -c Release --project tests/VsgGym.Benchmarks                   steps of games, in the process and over a socket
//   dotnet run -c Release --project tests/VsgGym.Benchmarks learning [ROUNDS]  training steps beside PyTorch (Debian's python3-torch)
if (args is ["learning", .. var rest])
{
    LearningSpeed.Run(rest is [var rounds] ? int.Parse(rounds, CultureInfo.InvariantCulture) : 15);
    return;
}

await RoundTrip.RunAsync();
StepKernel.Run();
